using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadSessions.Credentials;

/// <summary>AWS SDKs and Tools Reference Guide, "Process credential provider". No record: it prints nothing of what it carries.</summary>
internal sealed class CredentialProcessAnswer(IssuedCredentials credentials)
{
    public int Version { get; } = 1;

    public string AccessKeyId { get; } = credentials.AccessKeyId;

    public string SecretAccessKey { get; } = credentials.SecretAccessKey;

    public string SessionToken { get; } = credentials.SessionToken;

    /// <summary>Makes an SDK read the file again in time.</summary>
    public string Expiration { get; } = Rfc3339.Format(credentials.ExpiresAt);

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CredentialProcessJson.Readable.CredentialProcessAnswer) + "\n";
}

/// <summary>Source-generated JSON for it.</summary>
[JsonSerializable(typeof(CredentialProcessAnswer), GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class CredentialProcessJson : JsonSerializerContext
{
    /// <summary>'+' and '/' stay readable for readers that take the text without a JSON parser.</summary>
    public static CredentialProcessJson Readable { get; } =
        new(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
