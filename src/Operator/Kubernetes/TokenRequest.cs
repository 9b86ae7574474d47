using System.Text.Json.Serialization;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>What is used of the answer to a TokenRequest (Kubernetes API Reference, "TokenRequest"). Prints as redacted.</summary>
internal sealed record TokenRequest
{
    /// <summary>The shortest life that the API server gives: the token is used once, at once.</summary>
    private const int LifeSeconds = 600;

    private const int LikelySize = 256;

    public TokenRequestStatus? Status { get; init; }

    public override string ToString() => "TokenRequest { redacted }";

    /// <summary>The body that asks for a token of an audience. It is bound to the ServiceAccount alone: no pod or Secret could end it sooner.</summary>
    public static ReadOnlyMemory<byte> Body(string audience) => JsonBody.Of(LikelySize, json =>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "authentication.k8s.io/v1");
        json.WriteString("kind", "TokenRequest");
        json.WriteStartObject("spec");
        json.WriteStartArray("audiences");
        json.WriteStringValue(audience);
        json.WriteEndArray();
        json.WriteNumber("expirationSeconds", LifeSeconds);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}

/// <summary>The part with the token. Prints as redacted.</summary>
internal sealed record TokenRequestStatus
{
    public string? Token { get; init; }

    public override string ToString() => "TokenRequestStatus { redacted }";
}

/// <summary>Source-generated JSON of this file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenRequest))]
internal sealed partial class TokenRequestJson : JsonSerializerContext;
