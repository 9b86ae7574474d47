using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Protobuf;

namespace Sandbox.KubernetesApi.Http;

/// <summary>Reads request bodies: JSON, YAML, and the protobuf of Go clients.</summary>
internal static class RequestBody
{
    private const string UnknownFormat =
        "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// <exception cref="ApiException">415: objects do not come in this form.</exception>
    public static void CheckObjectType(string mediaType)
    {
        if (mediaType is not ("" or "application/json" or "application/yaml" or ProtoObjects.MediaType))
        {
            throw new ApiException(ApiStatus.UnsupportedMediaType(UnknownFormat));
        }
    }

    /// <summary>The body, or null for none.</summary>
    /// <exception cref="ApiException">400: it cannot be read.</exception>
    public static async Task<JsonNode?> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            return body.Length == 0 ? null : Parse(body.ToArray(), mediaType);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            // The parser's own message may quote the body.
            throw new ApiException(ApiStatus.BadRequest(UnknownFormat));
        }
    }

    private static JsonNode? Parse(byte[] body, string mediaType) => mediaType switch
    {
        ProtoObjects.MediaType => ProtoObjects.Read(body),
        "application/yaml" or "application/apply-patch+yaml" when body[0] != '{' => YamlText.ParseObject(Encoding.UTF8.GetString(body)),
        "application/yaml" or "application/apply-patch+yaml" when EscapesSurrogates(body) => throw new FormatException("yaml: found invalid Unicode character escape code"),
        _ => JsonNodes.Parse(body),
    };

    /// <summary>YAML escapes a character beyond U+FFFF as a whole; its two halves, as JSON has them, are no characters.</summary>
    private static bool EscapesSurrogates(ReadOnlySpan<byte> body)
    {
        for (var at = body.IndexOf((byte)'\\'); at >= 0 && at + 3 < body.Length;)
        {
            if (body[at + 1] is (byte)'u' && (body[at + 2] | 0x20) is 'd' && (body[at + 3] | 0x20) is '8' or '9' or (>= 'a' and <= 'f'))
                return true;
            var next = body[(at + 2)..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + 2 + next;
        }

        return false;
    }
}
