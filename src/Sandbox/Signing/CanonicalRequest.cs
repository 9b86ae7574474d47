using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sandbox.Signing;

/// <summary>The text that both sides hash (IAM User Guide, "Create a signed AWS API request", step 1).</summary>
public static partial class CanonicalRequest
{
    /// <summary>Builds the canonical request as the server sees it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Its target as sent.</param>
    /// <param name="signedHeaders">The headers that the client says it signed.</param>
    /// <param name="payloadHash">The hex hash of the body, or the kind of payload that stands for it.</param>
    /// <param name="service">Decides how the path is encoded.</param>
    public static string Build(HttpRequest request, RequestTarget target, IReadOnlyList<string> signedHeaders, string payloadHash, SigningService service)
    {
        var text = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(Path(target.RawPath, service)).Append('\n')
            .Append(Query(target.Parameters)).Append('\n');
        foreach (var name in signedHeaders)
            text.Append(name).Append(':').Append(Value(request, name)).Append('\n');
        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>The text that is signed (step 3).</summary>
    public static string StringToSign(string canonicalRequest, SignatureClaim claim) =>
        $"{SignatureClaim.Algorithm}\n{claim.Timestamp}\n{claim.Scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";

    // S3 encodes a key once; every other service encodes the path that was sent once more.
    private static string Path(string rawPath, SigningService service) =>
        service.IsS3 ? PercentEncoding.Encode(PercentEncoding.Decode(rawPath), keepSlash: true) : PercentEncoding.Encode(rawPath, keepSlash: true);

    private static string Query(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters
            .Where(parameter => !string.Equals(parameter.Key, "X-Amz-Signature", StringComparison.OrdinalIgnoreCase))
            .Select(parameter => (Name: PercentEncoding.Encode(parameter.Key), Value: PercentEncoding.Encode(parameter.Value)))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}"));

    private static string Value(HttpRequest request, string name) =>
        string.Join(',', request.Headers[name].Select(value => Spaces().Replace(value?.Trim() ?? "", " ")));

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
