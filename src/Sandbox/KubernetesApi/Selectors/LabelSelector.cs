using System.Text.RegularExpressions;
using Sandbox.KubernetesApi.Errors;

namespace Sandbox.KubernetesApi.Selectors;

/// <summary>A label selector: requirements joined by commas (Kubernetes documentation, "Labels and Selectors").</summary>
internal sealed partial class LabelSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    private enum Operator
    {
        In,
        NotIn,
        Exists,
        Absent,
    }

    public static LabelSelector Everything { get; } = new([]);

    public bool SelectsEverything => _requirements.Count == 0;

    /// <exception cref="ApiException">400: the text is no selector.</exception>
    public static LabelSelector Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }

        return new([.. Separator().Split(text).Select(ParseRequirement)]);
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.All(requirement => requirement.Matches(labels));

    private static Requirement ParseRequirement(string text)
    {
        if (SetBased().Match(text) is { Success: true } set)
        {
            string[] values = [.. set.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries)];
            return new(set.Groups["key"].Value, set.Groups["op"].Value == "in" ? Operator.In : Operator.NotIn, values);
        }

        if (EqualityBased().Match(text) is { Success: true } equality)
        {
            return new(equality.Groups["key"].Value, equality.Groups["op"].Value == "!=" ? Operator.NotIn : Operator.In, [equality.Groups["value"].Value]);
        }

        if (Existence().Match(text) is { Success: true } existence)
        {
            return new(existence.Groups["key"].Value, existence.Groups["not"].Length > 0 ? Operator.Absent : Operator.Exists, []);
        }

        throw new ApiException(ApiStatus.BadRequest($"unable to parse requirement: found '{text.Trim()}', expected: a label selector requirement"));
    }

    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*(?<key>[A-Za-z0-9_./-]+)\s+(?<op>in|notin)\s*\((?<values>[^()]*)\)\s*$")]
    private static partial Regex SetBased();

    [GeneratedRegex(@"^\s*(?<key>[A-Za-z0-9_./-]+)\s*(?<op>==|=|!=)\s*(?<value>[A-Za-z0-9_.-]*)\s*$")]
    private static partial Regex EqualityBased();

    [GeneratedRegex(@"^\s*(?<not>!?)\s*(?<key>[A-Za-z0-9_./-]+)\s*$")]
    private static partial Regex Existence();

    private sealed record Requirement(string Key, Operator Operator, IReadOnlyList<string> Values)
    {
        /// <summary>An absent label satisfies <c>!=</c> and <c>notin</c>.</summary>
        public bool Matches(IReadOnlyDictionary<string, string> labels)
        {
            var has = labels.TryGetValue(Key, out var value);
            return Operator switch
            {
                Operator.In => has && Values.Contains(value!),
                Operator.NotIn => !has || !Values.Contains(value!),
                Operator.Exists => has,
                _ => !has,
            };
        }
    }
}
