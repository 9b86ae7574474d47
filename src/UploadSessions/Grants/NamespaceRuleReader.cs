using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Reads <c>spec.namespaces</c>.</summary>
internal static class NamespaceRuleReader
{
    private const string Field = "spec.namespaces";
    private const int MaxEntries = 64;
    private const int MaxLabels = 50;

    // Kubernetes documentation, "Labels and Selectors": a prefix of 253, a slash, a name of 63.
    private const int MaxKey = 317;
    private const int MaxValue = 63;

    /// <summary>The rule; null if there are errors: then nobody knows whom the grant is for.</summary>
    public static NamespaceRule? Read(GrantNamespaces? namespaces, SpecErrors errors)
    {
        if (namespaces is null)
        {
            errors.AddMissing(Field, "names, or a selector");
            return null;
        }

        if (namespaces is { Names: not null, Selector: not null })
            errors.Add($"{Field}.selector", "", "cannot be combined with names; accepted is one of the two");
        var names = ReadNames(namespaces.Names ?? [], errors);
        if (namespaces.Selector is { } selector)
            CheckSelector(selector, errors);
        return errors.Any ? null : new NamespaceRule { Names = names, Selector = namespaces.Selector };
    }

    private static HashSet<string> ReadNames(IReadOnlyList<string> names, SpecErrors errors)
    {
        if (names.Count > MaxEntries)
            errors.AddCount($"{Field}.names", names.Count, $"at most {MaxEntries}");
        foreach (var (index, name) in names.Take(MaxEntries).Index())
        {
            if (ObjectNames.LabelProblem(name ?? "") is { } problem)
                errors.Add(SpecErrors.At($"{Field}.names", index), name ?? "", $"is not the name of a namespace; {problem}; for more namespaces use a selector");
        }

        return new(names.OfType<string>(), StringComparer.Ordinal);
    }

    private static void CheckSelector(LabelSelector selector, SpecErrors errors)
    {
        const string SelectorField = $"{Field}.selector";
        var labels = selector.MatchLabels ?? new Dictionary<string, string>();
        var expressions = selector.MatchExpressions ?? [];
        // In Kubernetes it selects everything, and a misspelt field, which the API server drops, would do so unseen.
        if (labels.Count + expressions.Count == 0)
            errors.AddMissing(SelectorField, "at least one label; to mean every namespace, say that the label kubernetes.io/metadata.name Exists");
        if (labels.Count > MaxLabels)
            errors.AddCount($"{SelectorField}.matchLabels", labels.Count, $"at most {MaxLabels}");
        if (expressions.Count > MaxEntries)
            errors.AddCount($"{SelectorField}.matchExpressions", expressions.Count, $"at most {MaxEntries}");
        foreach (var (key, value) in labels.Take(MaxLabels))
        {
            if (!IsKey(key) || !IsValue(value))
                errors.Add($"{SelectorField}.matchLabels", key ?? "", "is not a label and its value");
        }

        foreach (var (index, expression) in expressions.Take(MaxEntries).Index())
            CheckExpression(SpecErrors.At($"{SelectorField}.matchExpressions", index), expression ?? new(), errors);
    }

    private static void CheckExpression(string field, LabelSelectorRequirement expression, SpecErrors errors)
    {
        var values = expression.Values ?? [];
        if (!IsKey(expression.Key))
            errors.AddMissing($"{field}.key", $"the key of a label, of at most {MaxKey} characters");
        if (values.FirstOrDefault(value => !IsValue(value), "") is not "" and var wrong)
            errors.Add($"{field}.values", wrong ?? "", $"is not the value of a label; accepted are at most {MaxValue} characters");
        if (expression.Operator is LabelOperators.In or LabelOperators.NotIn)
        {
            if (values.Count is 0 or > MaxEntries)
                errors.AddCount($"{field}.values", values.Count, $"1 to {MaxEntries} with the operator {expression.Operator}");
        }
        else if (expression.Operator is not (LabelOperators.Exists or LabelOperators.DoesNotExist))
        {
            errors.Add($"{field}.operator", expression.Operator ?? "", "is unknown; accepted are In, NotIn, Exists and DoesNotExist");
        }
        else if (values.Count > 0)
        {
            errors.AddCount($"{field}.values", values.Count, $"none with the operator {expression.Operator}");
        }
    }

    private static bool IsKey(string? key) => key is { Length: > 0 and <= MaxKey };

    private static bool IsValue(string? value) => value is { Length: <= MaxValue };
}
