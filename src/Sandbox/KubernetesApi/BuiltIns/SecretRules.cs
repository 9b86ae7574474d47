using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>Secrets (API Reference, "Secret"): stringData goes into data, the type is fixed, immutable ones stay as they are.</summary>
internal sealed partial class SecretRules : ObjectRules
{
    private const int MaxDataSize = 1024 * 1024;
    private const string KeyMessage = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    public override void Prepare(JsonObject obj, JsonObject? before)
    {
        foreach (var (key, value) in obj.Child("stringData") ?? [])
        {
            obj.Ensure("data")[key] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value.AsText() ?? ""));
        }

        obj.Remove("stringData");
        obj["type"] = obj.Text("type") is { Length: > 0 } type ? type : "Opaque";
        CheckBase64(obj);
    }

    public override IEnumerable<FieldError> Validate(JsonObject obj, JsonObject? before)
    {
        foreach (var key in (obj.Child("data") ?? []).Select(pair => pair.Key).Where(key => !Key().IsMatch(key) || key.Length > 253))
        {
            yield return FieldError.Invalid($"data[{key}]", key, KeyMessage);
        }

        if (obj.Child("data")?.Sum(pair => (pair.Value.AsText()?.Length ?? 0) / 4L * 3) > MaxDataSize)
        {
            yield return FieldError.TooLong("data", $"must have at most {MaxDataSize} bytes");
        }

        if (before is not null && before.Text("type") != obj.Text("type"))
        {
            yield return FieldError.Invalid("type", obj.Text("type"), "field is immutable");
        }

        foreach (var error in Immutability.Check(obj, before, "data"))
        {
            yield return error;
        }
    }

    /// <summary>The real server refuses these while decoding; like it we say where, but never quote the value.</summary>
    private static void CheckBase64(JsonObject obj)
    {
        foreach (var (_, value) in obj.Child("data") ?? [])
        {
            var text = value.AsText() ?? "";
            if (!Convert.TryFromBase64String(text, new byte[text.Length], out _))
            {
                throw new ApiException(ApiStatus.BadRequest("Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data in data"));
            }
        }
    }

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z")]
    private static partial Regex Key();
}
