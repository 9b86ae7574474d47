using System.Text;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Http;

/// <summary>An answer that is ready to be sent.</summary>
internal abstract class ApiResult(int statusCode)
{
    public int StatusCode => statusCode;

    /// <summary>Texts for the Warning header (RFC 7234 section 5.5), code 299.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public int RetryAfterSeconds { get; init; }

    public static ApiResult From(ApiStatus status) => new ContentResult(status.Code, status.ToJson().ToUtf8()) { RetryAfterSeconds = status.RetryAfterSeconds };

    public static ApiResult Json(JsonNode body, int statusCode = 200) => new ContentResult(statusCode, body.ToUtf8());

    public static ApiResult Text(string body, int statusCode = 200) => new ContentResult(statusCode, Encoding.UTF8.GetBytes(body), "text/plain; charset=utf-8");

    public Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = statusCode;
        foreach (var warning in Warnings)
        {
            http.Response.Headers.Append("Warning", $"299 - \"{warning.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }

        if (RetryAfterSeconds > 0)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return WriteBodyAsync(http);
    }

    /// <summary>Lets go of what an answer holds, sent or not.</summary>
    public virtual void Release()
    {
    }

    protected abstract Task WriteBodyAsync(HttpContext http);
}

/// <summary>An answer whose body is there.</summary>
internal sealed class ContentResult(int statusCode, ReadOnlyMemory<byte> body, string contentType = "application/json") : ApiResult(statusCode)
{
    protected override async Task WriteBodyAsync(HttpContext http)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
