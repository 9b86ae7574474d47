using System.Globalization;
using System.Text;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Telemetry;

/// <summary>
/// <c>/metrics/sessions</c>: what Prometheus is told of each session, on a path of its own so that it can be left out where sessions are many.
/// Written as text here, because OpenTelemetry keeps no more than 2,000 series of a metric in the life of a process, gone ones counted.
/// </summary>
public static class SessionMetrics
{
    /// <summary>Prometheus documentation, "Exposition formats": the text-based format.</summary>
    private const string TextFormat = "text/plain; version=0.0.4; charset=utf-8";

    private const int FlushAfter = 32 * 1024;

    /// <summary>Serves the path.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/metrics/sessions", WriteAsync);

    /// <summary>The lines about these sessions.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<string> Lines(IReadOnlyCollection<UploadSession> sessions, DateTimeOffset now)
    {
        yield return "# HELP uploadsession_ready Whether a session is Ready, and the reason.\n# TYPE uploadsession_ready gauge\n";
        foreach (var session in sessions)
        {
            var (ready, reason) = SessionHealth.Ready(session.Status, now);
            yield return $"uploadsession_ready{{{Labels(session)},reason=\"{Escape(reason)}\"}} {(ready == "True" ? 1 : 0)}\n";
        }

        yield return "# HELP uploadsession_credentials_expiry_timestamp_seconds When the credentials of a session expire, in seconds since 1970.\n# TYPE uploadsession_credentials_expiry_timestamp_seconds gauge\n";
        foreach (var session in sessions)
        {
            if (session.Status?.ExpiresAt is { } expiresAt)
                yield return string.Create(CultureInfo.InvariantCulture, $"uploadsession_credentials_expiry_timestamp_seconds{{{Labels(session)}}} {expiresAt.ToUnixTimeSeconds()}\n");
        }
    }

    private static async Task WriteAsync(HttpContext context, SessionCaches caches, TimeProvider time)
    {
        context.Response.ContentType = TextFormat;
        var writer = context.Response.BodyWriter;
        foreach (var line in Lines(caches.Sessions.Snapshot(), time.GetUtcNow()))
        {
            Encoding.UTF8.GetBytes(line, writer);
            if (writer.UnflushedBytes > FlushAfter)
                await writer.FlushAsync(context.RequestAborted);
        }
    }

    private static string Labels(UploadSession session) => $"namespace=\"{session.Metadata.Namespace}\",name=\"{session.Metadata.Name}\"";

    /// <summary>A reason is what the operator wrote, or what somebody with rights on the status did.</summary>
    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
