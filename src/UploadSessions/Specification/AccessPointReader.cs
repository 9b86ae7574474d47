using System.Text.RegularExpressions;
using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>Reads the ARN of an access point (Amazon S3 User Guide, "Referencing access points" and "Access points restrictions and limitations").</summary>
internal static partial class AccessPointReader
{
    public const string Accepted = "an access point's ARN such as arn:aws:s3:eu-central-1:123456789012:accesspoint/NAME";

    public static BucketTarget? Read(string field, string text, RoleArn? role, SpecErrors errors)
    {
        var match = Form().Match(text);
        if (!match.Success)
            errors.Add(field, text, $"{Kind(text)}; accepted is {BucketName.Accepted}, or {Accepted}");
        else if (role is { AccountId: "" })
            errors.Add(field, text, $"is an access point, which S3-compatible stores do not have; accepted is {BucketName.Accepted}");
        else if (role is not null && match.Groups["partition"].Value != role.Partition)
            errors.Add(field, text, $"is in another partition than the role; accepted is an access point of the partition {role.Partition}");
        else
            return new BucketTarget(text, text, $"{text}/object/");
        return null;
    }

    private static string Kind(string arn) => arn.Split(':') switch
    {
        [_, _, "s3-outposts", ..] => "is of S3 on Outposts, which is not supported",
        [_, _, "s3-object-lambda", ..] => "is an Object Lambda access point, which is not supported: it takes no uploads",
        [_, _, "s3express", ..] => "is of S3 Express One Zone, which is not supported: it knows no policies for single keys",
        [_, _, "s3", "", _, ..] when arn.EndsWith(".mrap", StringComparison.Ordinal) => "is a multi-region access point, which is not supported",
        [_, _, "s3", "", "", _] => "is a bucket's ARN: write its name only",
        _ => "is not the ARN of an access point",
    };

    [GeneratedRegex(@"\Aarn:(?<partition>aws(-[a-z0-9]+)*):s3:[a-z0-9]+(-[a-z0-9]+)+:[0-9]{12}:accesspoint/[a-z0-9][a-z0-9-]{1,48}[a-z0-9]\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
