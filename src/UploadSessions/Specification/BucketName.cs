using System.Text.RegularExpressions;

namespace UploadSessions.Specification;

/// <summary>The rules of bucket names (Amazon S3 User Guide, "General purpose bucket naming rules").</summary>
internal static partial class BucketName
{
    public const string Accepted = "a general-purpose bucket's name: 3 to 63 lower-case letters, digits, dots and dashes, beginning and ending with a letter or digit";

    private static readonly (string Ending, string Kind)[] RefusedEndings =
    [
        ("--x-s3", "is a directory bucket, which is not supported: it knows no policies for single keys"),
        ("-s3alias", "is an access point alias, which is not supported: name the access point by its ARN"),
        ("--op-s3", "is a bucket of S3 on Outposts, which is not supported"),
        ("--ol-s3", "is an Object Lambda access point, which is not supported: it takes no uploads"),
        ("--table-s3", "is a table bucket, which is not supported: it takes no uploads of objects"),
        (".mrap", "is a multi-region access point, which is not supported"),
    ];

    private static readonly string[] ReservedBeginnings = ["xn--", "sthree-", "amzn-s3-demo-"];

    /// <summary>What is wrong with a name and what would be accepted; null: nothing.</summary>
    public static string? Problem(string name)
    {
        foreach (var (ending, kind) in RefusedEndings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return $"{kind}; accepted is {Accepted}";
        }

        foreach (var beginning in ReservedBeginnings)
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal))
                return $"begins with {beginning}, which S3 reserves; accepted is {Accepted}";
        }

        if (!Form().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
            return $"is not a bucket name; accepted is {Accepted}";
        return LooksLikeAddress().IsMatch(name) ? $"has the form of an IP address; accepted is {Accepted}" : null;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A[0-9]+(\.[0-9]+){3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeAddress();
}
