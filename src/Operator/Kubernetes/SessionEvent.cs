using System.Globalization;
using System.Text;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Something to tell the people who look at a session (Kubernetes API Reference, "Event events.k8s.io/v1").</summary>
/// <param name="Reason">A word for machines.</param>
/// <param name="Action">What the operator did or tried.</param>
/// <param name="Note">A sentence for people. Never holds a secret.</param>
/// <param name="IsWarning">Whether a person should act.</param>
public sealed record SessionEvent(string Reason, string Action, string Note, bool IsWarning)
{
    /// <summary>The API's limit on a note, in bytes.</summary>
    public const int LongestNote = 1024;

    private const string Reporter = "uploadsession.io/operator";
    private const int LongestInstance = 128;
    private const int LongestPrefix = 230;
    private const int LikelySize = 1024;

    /// <summary>Writes the body of the POST.</summary>
    public ReadOnlyMemory<byte> Body(UploadSession session, string instance, DateTimeOffset now) => JsonBody.Of(LikelySize, json =>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "events.k8s.io/v1");
        json.WriteString("kind", "Event");
        json.WriteStartObject("metadata");
        json.WriteString("name", NameFor(session.Metadata.Name, now));
        json.WriteString("namespace", session.Metadata.Namespace);
        json.WriteEndObject();
        json.WriteString("eventTime", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("type", IsWarning ? "Warning" : "Normal");
        json.WriteString("reason", Reason);
        json.WriteString("action", Action);
        json.WriteString("note", Cut(Note, LongestNote));
        json.WriteString("reportingController", Reporter);
        json.WriteString("reportingInstance", Cut(instance, LongestInstance));
        json.WriteStartObject("regarding");
        json.WriteString("apiVersion", UploadSession.Group + "/" + UploadSession.Version);
        json.WriteString("kind", UploadSession.KindName);
        json.WriteString("name", session.Metadata.Name);
        json.WriteString("namespace", session.Metadata.Namespace);
        json.WriteString("uid", session.Metadata.Uid);
        json.WriteString("resourceVersion", session.Metadata.ResourceVersion);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The object's name and the time, as client-go names Events; within the 253 characters of a name.</summary>
    private static string NameFor(string session, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{session[..Math.Min(session.Length, LongestPrefix)].TrimEnd('.', '-')}.{now.UtcTicks:x}");

    /// <summary>Cuts by UTF-8 bytes, never inside a character.</summary>
    private static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;
        var kept = new StringBuilder();
        var used = Encoding.UTF8.GetByteCount("…");
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes)
                break;
            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }
}
