using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>
/// A set of field paths: what one manager owns of an object. Immutable; the algebra of structured-merge-diff
/// (Kubernetes documentation, "Server-Side Apply").
/// </summary>
internal sealed class FieldSet
{
    private readonly IReadOnlyDictionary<PathElement, Entry> _entries;

    private FieldSet(IReadOnlyDictionary<PathElement, Entry> entries) => _entries = entries;

    public static FieldSet Empty { get; } = new(new Dictionary<PathElement, Entry>());

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The steps from here: whether the step itself is in the set, and what of its inside is.</summary>
    public IEnumerable<(PathElement Step, bool IsMember, FieldSet Inside)> Entries =>
        _entries.Select(pair => (pair.Key, pair.Value.IsMember, pair.Value.Inside));

    /// <summary>A set of whole paths of fields, such as <c>status</c>.</summary>
    public static FieldSet OfFields(params IEnumerable<string[]> paths)
    {
        var builder = new Builder();
        foreach (var path in paths)
        {
            path.Aggregate(builder, (at, name) => at.Into(PathElement.Field(name))).Include();
        }

        return builder.Build();
    }

    public FieldSet Union(FieldSet other) => Combine(other, keepLeftOnly: true, keepRightOnly: true, (left, right) => left || right, (left, right) => left.Union(right));

    public FieldSet Intersection(FieldSet other) => Combine(other, keepLeftOnly: false, keepRightOnly: false, (left, right) => left && right, (left, right) => left.Intersection(right));

    /// <summary>Without the paths of the other set. What lies inside a path of the other set stays.</summary>
    public FieldSet Difference(FieldSet other) => Combine(other, keepLeftOnly: true, keepRightOnly: false, (left, right) => left && !right, (left, right) => left.Difference(right));

    /// <summary>Without the paths of the other set and everything inside of them.</summary>
    public FieldSet WithoutTrees(FieldSet roots)
    {
        var left = new Dictionary<PathElement, Entry>();
        foreach (var (step, entry) in _entries)
        {
            var root = roots._entries.GetValueOrDefault(step);
            if (!root.IsMember)
            {
                Keep(left, step, entry.IsMember, root.Inside is null ? entry.Inside : entry.Inside.WithoutTrees(root.Inside));
            }
        }

        return new(left);
    }

    /// <summary>With every named field that has a member inside of it: the structs around the owned values.</summary>
    public FieldSet WithNamedParents(Schema? schema)
    {
        var grown = new Dictionary<PathElement, Entry>();
        foreach (var (step, entry) in _entries)
        {
            var named = step.IsField && schema?.Declares(step.FieldName) == true && !entry.Inside.IsEmpty;
            Keep(grown, step, entry.IsMember || named, entry.Inside.WithNamedParents(step.IsField ? schema?.Field(step.FieldName) : schema?.Items));
        }

        return new(grown);
    }

    /// <summary>Every path of the set as conflict messages show it, sorted.</summary>
    public IEnumerable<string> Paths() => _entries.OrderBy(pair => pair.Key).SelectMany(pair =>
        (pair.Value.IsMember ? [pair.Key.ToString()] : Enumerable.Empty<string>())
            .Concat(pair.Value.Inside.Paths().Select(path => pair.Key + path)));

    public bool SameAs(FieldSet other) => _entries.Count == other._entries.Count && _entries.All(pair =>
        other._entries.TryGetValue(pair.Key, out var theirs) && theirs.IsMember == pair.Value.IsMember && pair.Value.Inside.SameAs(theirs.Inside));

    private FieldSet Combine(FieldSet other, bool keepLeftOnly, bool keepRightOnly, Func<bool, bool, bool> member, Func<FieldSet, FieldSet, FieldSet> inside)
    {
        var result = new Dictionary<PathElement, Entry>();
        foreach (var (step, left) in _entries)
        {
            if (other._entries.TryGetValue(step, out var right))
            {
                Keep(result, step, member(left.IsMember, right.IsMember), inside(left.Inside, right.Inside));
            }
            else if (keepLeftOnly)
            {
                result[step] = left;
            }
        }

        foreach (var (step, right) in keepRightOnly ? other._entries : Empty._entries)
        {
            result.TryAdd(step, right);
        }

        return new(result);
    }

    private static void Keep(Dictionary<PathElement, Entry> into, PathElement step, bool isMember, FieldSet inside)
    {
        if (isMember || !inside.IsEmpty)
        {
            into[step] = new(isMember, inside);
        }
    }

    private readonly record struct Entry(bool IsMember, FieldSet Inside);

    /// <summary>Collects paths; each builder stands at one path.</summary>
    internal sealed class Builder
    {
        private readonly Dictionary<PathElement, Builder> _inside = [];
        private bool _isMember;

        public Builder Into(PathElement step)
        {
            if (!_inside.TryGetValue(step, out var found))
            {
                _inside[step] = found = new();
            }

            return found;
        }

        /// <summary>Puts the path this builder stands at into the set.</summary>
        public void Include() => _isMember = true;

        public FieldSet Build()
        {
            if (_inside.Count == 0)
            {
                return Empty;
            }

            var entries = new Dictionary<PathElement, Entry>(_inside.Count);
            foreach (var (step, builder) in _inside)
            {
                Keep(entries, step, builder._isMember, builder.Build());
            }

            return new(entries);
        }
    }
}
