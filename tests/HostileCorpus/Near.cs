using System.Text;

namespace HostileCorpus;

/// <summary>Names that a mistake in writing a policy would let in.</summary>
internal static class Near
{
    private static readonly (string From, string To)[] Readings =
    [
        ("*", "zzz"), ("*", ""), ("?", "z"), ("$", "${$}"), ("${aws:username}", "ann"), ("${aws:PrincipalTag/team}", "b"), ("${*}", "zzz"), ("${*}", "*"), ("${namespace}", "team-a"),
        ("\\u002a", "*"), ("\\", ""), ("\\", "\\\\"), ("%2F", "/"), ("%2a", "*"), ("\"", ""), ("../", ""), ("//", "/"), (" ", ""), ("\u202e", ""), ("\u200b", ""), ("\ufeff", ""), ("/", "\\"), ("/", "-old/"), ("/", ""),
    ];

    /// <summary>Keys near a prefix, and near the prefix that was asked for.</summary>
    public static IEnumerable<string> Keys(string prefix, string asked) => OfPrefix(prefix).Concat(OfPrefix(asked)).Distinct(StringComparer.Ordinal);

    /// <summary>Other buckets whose names look alike.</summary>
    public static IEnumerable<string> Buckets(string arn) => [$"{arn}2", $"{arn}-x", arn[..^1], arn.ToUpperInvariant(), "arn:aws:s3:::other", "arn:aws:s3:::", arn.Replace("landing", "l\u0430nding", StringComparison.Ordinal) + "x"];

    /// <summary>Resources near a key's ARN.</summary>
    public static IEnumerable<string> Keys(string? kmsKeyArn) => kmsKeyArn is null
        ? ["arn:aws:kms:eu-central-1:123456789012:key/1234abcd"]
        : [kmsKeyArn, kmsKeyArn + "2", kmsKeyArn[..^1], "arn:aws:kms:eu-central-1:999999999999:key/1234abcd"];

    private static IEnumerable<string> OfPrefix(string prefix)
    {
        yield return "";
        yield return "x";
        yield return "out/x";
        yield return prefix;
        yield return prefix + "x";
        yield return "/" + prefix + "x";
        yield return prefix.ToUpperInvariant() + "x";
        yield return prefix.Trim() + "x";
        foreach (var (from, to) in Readings)
        {
            if (prefix.Contains(from, StringComparison.Ordinal))
                yield return prefix.Replace(from, to, StringComparison.Ordinal) + "x";
        }

        for (var cut = Math.Max(0, prefix.Length - 8); cut < prefix.Length; cut++)
            yield return prefix[..cut] + "\u0001";
        foreach (var form in new[] { NormalizationForm.FormC, NormalizationForm.FormD, NormalizationForm.FormKC })
        {
            if (TryNormalize(prefix, form) is { } normal)
                yield return normal + "x";
        }
    }

    private static string? TryNormalize(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
