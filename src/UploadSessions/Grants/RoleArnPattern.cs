using UploadSessions.Policy;

namespace UploadSessions.Grants;

/// <summary>A role's ARN, or several roles': <c>*</c> stands for any characters but a slash, after <c>:role/</c> only, so that it never reaches into another account, partition or path.</summary>
/// <param name="Value">As written; checked.</param>
public sealed record RoleArnPattern(string Value)
{
    /// <summary>Whether the whole ARN fits. Case counts.</summary>
    public bool Matches(string arn) => Value.Contains('*', StringComparison.Ordinal) ? MatchesParts(arn) : Value == arn;

    private bool MatchesParts(string arn)
    {
        var wanted = Value.Split('/');
        var found = arn.Split('/');
        return wanted.Length == found.Length && wanted.Zip(found).All(pair => Fits(pair.First, pair.Second));
    }

    private static bool Fits(string pattern, string text) =>
        Wildcards.Fit([.. pattern.Select(c => c == '*' ? Wildcards.AnyRun : c)], text);
}
