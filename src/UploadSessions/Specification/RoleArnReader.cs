using System.Text.RegularExpressions;
using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>Reads <c>spec.roleArn</c> (IAM User Guide, "IAM identifiers").</summary>
internal static partial class RoleArnReader
{
    private const string Field = "spec.roleArn";
    private const int MaxLength = 2048;
    private const string Accepted = "arn:aws:iam::123456789012:role/NAME (or of another aws partition), or of an S3-compatible store arn:aws:iam:::role/NAME or arn:minio:iam:::role/NAME";

    public static RoleArn? Read(string? text, SpecErrors errors)
    {
        if (string.IsNullOrEmpty(text))
            errors.AddMissing(Field, Accepted);
        else if (text.Length > MaxLength || Form().Match(text) is not { Success: true } match)
            errors.Add(Field, text, $"is not the ARN of an IAM role; accepted is {Accepted}");
        else
            return Create(text, match);
        return null;
    }

    private static RoleArn Create(string text, Match match)
    {
        var partition = match.Groups["partition"].Value;
        var account = match.Groups["account"].Value;
        return new RoleArn(text, partition is "minio" || account.Length == 0 ? "aws" : partition, account);
    }

    // A path is any printable ASCII between slashes; the name is up to 64 of the listed characters.
    [GeneratedRegex(@"\Aarn:((?<partition>aws(-[a-z0-9]+)*):iam::(?<account>[0-9]{12})|(?<partition>aws|minio):iam::(?<account>)):role/([!-.0-~]+/)*[A-Za-z0-9_+=,.@-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
