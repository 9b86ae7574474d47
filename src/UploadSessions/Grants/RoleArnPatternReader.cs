using System.Text.RegularExpressions;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Reads <c>spec.roleArns</c>.</summary>
internal static partial class RoleArnPatternReader
{
    private const string Field = "spec.roleArns";
    private const int MaxEntries = 64;
    private const int MaxLength = 2048;
    private const string Accepted = "a role's ARN such as arn:aws:iam::123456789012:role/NAME, with * for any characters but a slash after :role/ only";

    public static IReadOnlyList<RoleArnPattern> Read(IReadOnlyList<string>? arns, SpecErrors errors)
    {
        if (arns is not { Count: > 0 })
            errors.AddMissing(Field, $"1 to {MaxEntries} of {Accepted}");
        else if (arns.Count > MaxEntries)
            errors.AddCount(Field, arns.Count, $"1 to {MaxEntries}");
        var patterns = new List<RoleArnPattern>();
        foreach (var (index, arn) in (arns ?? []).Take(MaxEntries).Index())
        {
            if (arn is null || arn.Length > MaxLength || !Form().IsMatch(arn))
                errors.Add(SpecErrors.At(Field, index), arn ?? "", $"is not the ARN of IAM roles; accepted is {Accepted}");
            else
                patterns.Add(new(arn));
        }

        return patterns;
    }

    // The form of a session's roleArn, with stars in path and name; a question mark would look like a wildcard and be none.
    [GeneratedRegex(@"\Aarn:(aws(-[a-z0-9]+)*:iam::[0-9]{12}|(aws|minio):iam::):role/([!-.0->@-~]+/)*[A-Za-z0-9_+=,.@*-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
