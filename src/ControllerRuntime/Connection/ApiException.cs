using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ControllerRuntime.Connection;

/// <summary>The API server refused a request. Carries the reason and message of its Status answer (Kubernetes API Reference, "Status"), never a body.</summary>
public sealed class ApiException : Exception
{
    private const int LongestMessage = 1024;

    /// <summary>Creates the exception.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="reason">The Status reason, for example <c>AlreadyExists</c>, or the name of the HTTP status where the answer had none.</param>
    /// <param name="message">For people.</param>
    /// <param name="retryAfter">How long the server asked to wait.</param>
    public ApiException(int statusCode, string reason, string message, TimeSpan? retryAfter)
        : base($"{statusCode} {reason}: {message}") => (StatusCode, Reason, RetryAfter) = (statusCode, reason, retryAfter);

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The machine-readable reason, for example <c>Conflict</c>.</summary>
    public string Reason { get; }

    /// <summary>How long the server asked to wait; null where it did not, or asked for no wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Reads the refusal from an answer that was not a success. The answer is not disposed.</summary>
    public static async Task<ApiException> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = await ReadStatusAsync(response, cancellationToken);
        var code = (int)response.StatusCode;
        var reason = string.IsNullOrEmpty(status?.Reason) ? ReasonOf(response.StatusCode) : status.Reason;
        return new ApiException(code, reason, MessageOf(response, status), RetryAfterOf(response, status));
    }

    /// <summary>The refusal inside a Status object, as the ERROR event of a watch carries it.</summary>
    internal static ApiException From(ApiStatus status) => new(
        status.Code,
        string.IsNullOrEmpty(status.Reason) ? ReasonOf((HttpStatusCode)status.Code) : status.Reason,
        Cut(status.Message),
        status.Details?.RetryAfterSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null);

    private static async Task<ApiStatus?> ReadStatusAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json") return null;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, ConnectionJson.Default.ApiStatus, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>A 400 may quote the request's body (a decoding error shows what surrounds it), and the body of a write may be a Secret.</summary>
    private static string MessageOf(HttpResponseMessage response, ApiStatus? status)
    {
        var mayQuote = response.StatusCode == HttpStatusCode.BadRequest && response.RequestMessage?.Method != HttpMethod.Get;
        return mayQuote || string.IsNullOrEmpty(status?.Message)
            ? "the API server refused the request"
            : Cut(status.Message);
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, ApiStatus? status) =>
        response.Headers.RetryAfter?.Delta is { } asked && asked > TimeSpan.Zero ? asked
        : status?.Details?.RetryAfterSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string ReasonOf(HttpStatusCode code) =>
        Enum.IsDefined(code) ? code.ToString() : ((int)code).ToString(CultureInfo.InvariantCulture);

    private static string Cut(string message) => message.Length <= LongestMessage ? message : message[..LongestMessage] + "…";
}
