using System.Globalization;
using System.Text.RegularExpressions;
using UploadSessions.Policy;

namespace Sandbox.Aws.Sts;

/// <summary>The parameters of AssumeRole, checked (AWS STS API Reference, "AssumeRole").</summary>
internal sealed partial record AssumeRoleParameters
{
    private const int DefaultSeconds = 3600;
    private const int MaxTags = 50;

    public required string RoleArn { get; init; }

    public required string SessionName { get; init; }

    public required int Seconds { get; init; }

    public string? Policy { get; init; }

    public PolicyDocument? SessionPolicy { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>Checks what can be checked without knowing the role.</summary>
    /// <exception cref="AwsException">ValidationError, MalformedPolicyDocument or PackedPolicyTooLarge.</exception>
    public static AssumeRoleParameters Read(IReadOnlyDictionary<string, string> form)
    {
        var policy = form.GetValueOrDefault("Policy");
        var parameters = new AssumeRoleParameters
        {
            RoleArn = Required(form, "RoleArn", "roleArn", RoleArnForm(), 20, 2048),
            SessionName = Required(form, "RoleSessionName", "roleSessionName", SessionNameForm(), 2, 64),
            Seconds = ReadSeconds(form),
            Policy = policy,
            SessionPolicy = policy is null ? null : ReadPolicy(policy),
            Tags = ReadTags(form),
            ExternalId = Optional(form, "ExternalId", "externalId", ExternalIdForm(), 2, 1224),
        };
        Optional(form, "SourceIdentity", "sourceIdentity", SessionNameForm(), 2, 64);
        return parameters.PackedPolicyPercent <= 100
            ? parameters
            : throw new AwsException(400, "PackedPolicyTooLarge", $"Packed size of session tags and policies consumes {parameters.PackedPolicyPercent}% of allotted space.");
    }

    /// <summary>PackedPolicySize: AWS does not say how it packs, so this is the plaintext's share of its limit.</summary>
    public int PackedPolicyPercent => ((Policy?.Length ?? 0) + Tags.Sum(tag => tag.Key.Length + tag.Value.Length)) * 100 / UploadSessions.Policy.SessionPolicy.MaxLength;

    private static string Required(IReadOnlyDictionary<string, string> form, string parameter, string member, Regex pattern, int min, int max)
    {
        var value = form.GetValueOrDefault(parameter) ?? throw Invalid("null", member, "Member must not be null");
        if (value.Length < min)
            throw Invalid($"'{value}'", member, $"Member must have length greater than or equal to {min}");
        if (value.Length > max)
            throw Invalid($"'{value}'", member, $"Member must have length less than or equal to {max}");
        return pattern.IsMatch(value) ? value : throw Invalid($"'{value}'", member, $"Member must satisfy regular expression pattern: {pattern}");
    }

    private static string? Optional(IReadOnlyDictionary<string, string> form, string parameter, string member, Regex pattern, int min, int max) =>
        form.ContainsKey(parameter) ? Required(form, parameter, member, pattern, min, max) : null;

    private static int ReadSeconds(IReadOnlyDictionary<string, string> form)
    {
        if (!form.TryGetValue("DurationSeconds", out var text))
            return DefaultSeconds;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw Invalid($"'{text}'", "durationSeconds", "Member must be an integer");
        return seconds switch
        {
            < 900 => throw Invalid($"'{text}'", "durationSeconds", "Member must have value greater than or equal to 900"),
            > 43_200 => throw Invalid($"'{text}'", "durationSeconds", "Member must have value less than or equal to 43200"),
            _ => seconds,
        };
    }

    private static PolicyDocument ReadPolicy(string policy)
    {
        if (policy.Length is 0)
            throw Invalid("''", "policy", "Member must have length greater than or equal to 1");
        if (policy.Length > UploadSessions.Policy.SessionPolicy.MaxLength)
            throw Invalid($"'{policy}'", "policy", $"Member must have length less than or equal to {UploadSessions.Policy.SessionPolicy.MaxLength}");
        if (!PolicyForm().IsMatch(policy))
            throw Invalid($"'{policy}'", "policy", $"Member must satisfy regular expression pattern: {PolicyForm()}");
        try
        {
            return PolicyDocument.Parse(policy);
        }
        catch (PolicyFormatException malformed)
        {
            throw new AwsException(400, "MalformedPolicyDocument", $"The policy is not in the valid JSON format. {malformed.Message}");
        }
    }

    private static Dictionary<string, string> ReadTags(IReadOnlyDictionary<string, string> form)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 1; form.TryGetValue($"Tags.member.{i}.Key", out var key); i++)
        {
            var value = form.GetValueOrDefault($"Tags.member.{i}.Value") ?? "";
            if (key.Length is < 1 or > 128)
                throw Invalid($"'{key}'", $"tags.{i}.member.key", "Member must have length from 1 to 128");
            if (value.Length > 256)
                throw Invalid($"'{value}'", $"tags.{i}.member.value", "Member must have length less than or equal to 256");
            if (!TagForm().IsMatch(key) || !TagForm().IsMatch(value))
                throw Invalid($"'{key}={value}'", $"tags.{i}.member", $"Member must satisfy regular expression pattern: {TagForm()}");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw new AwsException(400, "InvalidParameterValue", "Tag keys beginning with aws: are reserved.");
            if (!tags.TryAdd(key, value))
                throw new AwsException(400, "InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }

        return tags.Count <= MaxTags ? tags : throw Invalid($"'{tags.Count} tags'", "tags", $"Member must have length less than or equal to {MaxTags}");
    }

    private static AwsException Invalid(string value, string member, string constraint) =>
        new(400, "ValidationError", $"1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: {constraint}");

    [GeneratedRegex(@"^[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]+\z")]
    private static partial Regex RoleArnForm();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]*\z")]
    private static partial Regex SessionNameForm();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@:/-]*\z")]
    private static partial Regex ExternalIdForm();

    [GeneratedRegex(@"^[\u0009\u000A\u000D\u0020-\u00FF]+\z")]
    private static partial Regex PolicyForm();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z")]
    private static partial Regex TagForm();
}
