namespace UploadSessions.Policy;

/// <summary>A statement about to be written.</summary>
internal sealed record RenderedStatement(string Effect, IReadOnlyList<string> Actions, string Resource, IReadOnlyList<RenderedCondition> Conditions)
{
    /// <summary>Whether both would allow or deny on the same resource under the same conditions.</summary>
    public bool DiffersInActionsOnly(RenderedStatement other) =>
        Effect == other.Effect
        && Resource == other.Resource
        && Conditions.Count == other.Conditions.Count
        && Conditions.Zip(other.Conditions).All(pair => pair.First.SameAs(pair.Second));
}

/// <summary>One key of a condition block about to be written.</summary>
internal sealed record RenderedCondition(string Operator, string Key, IReadOnlyList<string> Values)
{
    public bool SameAs(RenderedCondition other) =>
        Operator == other.Operator && Key == other.Key && Values.SequenceEqual(other.Values, StringComparer.Ordinal);
}
