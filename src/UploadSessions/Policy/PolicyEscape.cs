namespace UploadSessions.Policy;

/// <summary>Writes text into a policy so that it stands for itself.</summary>
internal static class PolicyEscape
{
    /// <summary>The characters that are wildcards or begin a variable.</summary>
    public const string Special = "*?$";

    /// <summary><c>*</c>, <c>?</c> and <c>$</c> as policy variables (IAM User Guide, "IAM policy elements: Variables and tags").</summary>
    public static string Literal(string text) =>
        text.AsSpan().ContainsAny(Special)
            ? string.Concat(text.Select(c => Special.Contains(c, StringComparison.Ordinal) ? $"${{{c}}}" : c.ToString()))
            : text;
}
