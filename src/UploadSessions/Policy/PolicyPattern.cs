using System.Buffers;
using System.Text;

namespace UploadSessions.Policy;

/// <summary>A text with the wildcards <c>*</c> and <c>?</c> and policy variables (IAM User Guide, "IAM policy elements: Variables and tags").</summary>
internal sealed class PolicyPattern
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(", '$*?{");

    private readonly IReadOnlyList<Part> _parts;

    private PolicyPattern(IReadOnlyList<Part> parts) => _parts = parts;

    private enum PartKind
    {
        Literal,
        AnyRun,
        AnyOne,
        Variable,
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">As written in the policy.</param>
    /// <param name="wildcards">Whether <c>*</c> and <c>?</c> are wildcards, as in a resource or StringLike, or stand for themselves, as in StringEquals.</param>
    /// <exception cref="PolicyFormatException">A variable is not closed, empty, or has a default value.</exception>
    public static PolicyPattern Parse(string text, bool wildcards)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var part = ReadSpecial(text, wildcards, ref i);
            if (part is null or { Kind: PartKind.Literal })
            {
                literal.Append(part is null ? text[i] : part.Text);
                continue;
            }

            Flush(literal, parts);
            parts.Add(part);
        }

        Flush(literal, parts);
        return new PolicyPattern(parts);
    }

    /// <summary>Whether the whole text fits; null where a variable has no value in the request.</summary>
    public bool? Matches(string text, AccessRequest request, bool ignoreCase)
    {
        if (!TryExpand(request, out var pattern))
            return null;
        return ignoreCase ? Wildcards.Fit(ToLower(pattern), text.ToLowerInvariant()) : Wildcards.Fit(pattern, text);
    }

    /// <summary>A wildcard, a variable or one of the three escapes at the position; null for an ordinary character.</summary>
    private static Part? ReadSpecial(string text, bool wildcards, ref int i)
    {
        switch (text[i])
        {
            case '*' when wildcards:
                return new Part(PartKind.AnyRun, "");
            case '?' when wildcards:
                return new Part(PartKind.AnyOne, "");
            case '$' when i + 1 < text.Length && text[i + 1] == '{':
                var close = text.IndexOf('}', i);
                if (close < 0)
                    throw new PolicyFormatException($"the policy variable at character {i} is not closed by '}}'");
                var name = text[(i + 2)..close];
                i = close;
                return Variable(name);
            default:
                return null;
        }
    }

    private static Part Variable(string name) => name switch
    {
        "*" or "?" or "$" => new Part(PartKind.Literal, name),
        "" => throw new PolicyFormatException("the policy variable ${} has no name"),
        _ when name.AsSpan().ContainsAny(NotInNames) => throw new PolicyFormatException($"the policy variable ${{{name}}} is not supported: only a key's name is"),
        _ => new Part(PartKind.Variable, name),
    };

    private static void Flush(StringBuilder literal, List<Part> parts)
    {
        if (literal.Length > 0)
            parts.Add(new Part(PartKind.Literal, literal.ToString()));
        literal.Clear();
    }

    private bool TryExpand(AccessRequest request, out List<int> pattern)
    {
        pattern = [];
        foreach (var part in _parts)
        {
            if (part.Kind is PartKind.AnyRun or PartKind.AnyOne)
            {
                pattern.Add(part.Kind == PartKind.AnyRun ? Wildcards.AnyRun : Wildcards.AnyOne);
                continue;
            }

            // The value of a variable is literal: a wildcard in it must not widen the policy.
            var text = part.Kind == PartKind.Variable ? request.Find(part.Text) : part.Text;
            if (text is null)
                return false;
            foreach (var c in text)
                pattern.Add(c);
        }

        return true;
    }

    private static List<int> ToLower(List<int> pattern) =>
        pattern.ConvertAll(unit => unit < 0 ? unit : char.ToLowerInvariant((char)unit));

    private sealed record Part(PartKind Kind, string Text);
}
