using UploadSessions.Resources;

namespace UploadSessions.Grants;

/// <summary>Which namespaces a grant is for: by name, or by label, checked. Without either it is for none.</summary>
public sealed record NamespaceRule
{
    /// <summary>Names.</summary>
    public required IReadOnlySet<string> Names { get; init; }

    /// <summary>A selector that has at least one requirement; null: none.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>Whether it is for this namespace.</summary>
    /// <param name="name">The namespace's name.</param>
    /// <param name="labels">Its labels; null where they are not known: then no selector fits.</param>
    public bool Matches(string name, IReadOnlyDictionary<string, string>? labels) =>
        Names.Contains(name) || (Selector is not null && labels is not null && Fits(Selector, labels));

    private static bool Fits(LabelSelector selector, IReadOnlyDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
        && (selector.MatchExpressions ?? []).All(requirement => Fits(requirement, labels));

    /// <summary>As Kubernetes does: a label that is missing is not in any list ("Labels and Selectors").</summary>
    private static bool Fits(LabelSelectorRequirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var exists = labels.TryGetValue(requirement.Key!, out var value);
        return requirement.Operator switch
        {
            LabelOperators.In => exists && requirement.Values!.Contains(value, StringComparer.Ordinal),
            LabelOperators.NotIn => !exists || !requirement.Values!.Contains(value, StringComparer.Ordinal),
            LabelOperators.Exists => exists,
            LabelOperators.DoesNotExist => !exists,
            _ => false,
        };
    }
}
