using System.Text.RegularExpressions;
using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>Reads the ARN of a KMS key (AWS KMS Developer Guide, "Key identifiers").</summary>
internal static partial class KmsKeyReader
{
    private const string Accepted = "the ARN of a key such as arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    public static KmsKeyArn? Read(string field, string? text, RoleArn? role, SpecErrors errors)
    {
        if (text is null)
            return null;
        var match = Form().Match(text);
        if (!match.Success)
            errors.Add(field, text, $"{Kind(text)}; accepted is {Accepted}");
        else if (role is not null && match.Groups["partition"].Value != role.Partition)
            errors.Add(field, text, $"is in another partition than the role; accepted is a key of the partition {role.Partition}");
        else
            return new KmsKeyArn(text, match.Groups["region"].Value);
        return null;
    }

    private static string Kind(string text) =>
        text.Contains(":alias/", StringComparison.Ordinal) ? "is an alias, which policies cannot name" : "is not the ARN of a KMS key";

    [GeneratedRegex(@"\Aarn:(?<partition>aws(-[a-z0-9]+)*):kms:(?<region>[a-z0-9]+(-[a-z0-9]+)+):[0-9]{12}:key/[A-Za-z0-9-]{1,128}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
