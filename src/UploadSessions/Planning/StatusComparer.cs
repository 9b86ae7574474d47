using UploadSessions.Resources;

namespace UploadSessions.Planning;

/// <summary>Whether two statuses say the same: if they do, nothing is written.</summary>
public static class StatusComparer
{
    /// <summary>Compares by value, conditions in any order.</summary>
    public static bool Same(UploadSessionStatus? left, UploadSessionStatus? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        return WithoutConditions(left) == WithoutConditions(right) && SameConditions(left.Conditions, right.Conditions);
    }

    /// <summary>
    /// Tells what a status says, but for since when its conditions hold, from what others say; of 4 billion two may seem the same. Differs between processes.
    /// Of the generation and the conditions alone: they tell of new credentials by their expiry, and the other fields may repeat what somebody else wrote there.
    /// </summary>
    public static int Fingerprint(UploadSessionStatus status)
    {
        var hash = new HashCode();
        hash.Add(status.ObservedGeneration);
        foreach (var condition in status.Conditions)
            hash.Add(condition with { LastTransitionTime = default });
        return hash.ToHashCode();
    }

    private static UploadSessionStatus WithoutConditions(UploadSessionStatus status) => status with { Conditions = Array.Empty<Condition>() };

    private static bool SameConditions(IReadOnlyList<Condition> left, IReadOnlyList<Condition> right) =>
        left.Count == right.Count && left.All(right.Contains);
}
