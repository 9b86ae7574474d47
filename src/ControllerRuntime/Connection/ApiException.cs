using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ControllerRuntime.Connection;

/// <summary>The API server refused a request. Carries the reason and message of its Status answer (Kubernetes API Reference, "Status"), never a body.</summary>
public sealed class ApiException : Exception
{
    private const int LongestWords = 1024;
    private const string NoWords = "the API server refused the request";

    /// <summary>Creates the exception.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="reason">The Status reason, for example <c>AlreadyExists</c>, or the name of the HTTP status where the answer had none.</param>
    /// <param name="words">For people.</param>
    /// <param name="retryAfter">How long the server asked to wait.</param>
    public ApiException(int statusCode, string reason, string words, TimeSpan? retryAfter)
        : base($"{statusCode} {reason}: {words}") => (StatusCode, Reason, Words, RetryAfter) = (statusCode, reason, words, retryAfter);

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The machine-readable reason, for example <c>Conflict</c>.</summary>
    public string Reason { get; }

    /// <summary>What the server says to people, without status and reason.</summary>
    public string Words { get; }

    /// <summary>How long the server asked to wait; null where it did not, or asked for no wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Reads the refusal from an answer that was not a success. The answer is not disposed.</summary>
    public static async Task<ApiException> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = await ReadStatusAsync(response, cancellationToken);
        var code = (int)response.StatusCode;
        var reason = string.IsNullOrEmpty(status?.Reason) ? ReasonOf(response.StatusCode) : status.Reason;
        return new ApiException(code, reason, WordsOf(response, status), RetryAfterOf(response, status));
    }

    /// <summary>The refusal inside a Status object, as the ERROR event of a watch carries it.</summary>
    internal static ApiException From(ApiStatus status) => new(
        status.Code,
        string.IsNullOrEmpty(status.Reason) ? ReasonOf((HttpStatusCode)status.Code) : status.Reason,
        Told(status.Message),
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
    private static string WordsOf(HttpResponseMessage response, ApiStatus? status)
    {
        var mayQuote = response.StatusCode == HttpStatusCode.BadRequest && response.RequestMessage?.Method != HttpMethod.Get;
        return mayQuote ? NoWords : Told(status?.Message);
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, ApiStatus? status) =>
        response.Headers.RetryAfter?.Delta is { } asked && asked > TimeSpan.Zero ? asked
        : status?.Details?.RetryAfterSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string ReasonOf(HttpStatusCode code) =>
        Enum.IsDefined(code) ? code.ToString() : ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>Cut, but never in half a character: whoever stores that reads something else.</summary>
    private static string Told(string? words)
    {
        if (string.IsNullOrEmpty(words)) return NoWords;
        if (words.Length <= LongestWords) return words;
        return words[..(char.IsHighSurrogate(words[LongestWords - 1]) ? LongestWords - 1 : LongestWords)] + "…";
    }
}
