using System.Globalization;

namespace ControllerRuntime.Leadership;

/// <summary>What is written to a Lease, and how one is read.</summary>
internal static class LeaseSpecs
{
    /// <summary>The spec of a lease that <paramref name="identity"/> takes or renews now.</summary>
    /// <param name="before">The spec as it stands; null: there is no lease yet.</param>
    /// <param name="identity">The holder.</param>
    /// <param name="duration">How long others shall leave it alone; whole seconds.</param>
    /// <param name="now">The wall clock.</param>
    public static LeaseSpec Held(LeaseSpec? before, string identity, TimeSpan duration, DateTimeOffset now)
    {
        var ours = before?.HolderIdentity == identity;
        return (before ?? new LeaseSpec()) with
        {
            HolderIdentity = identity,
            LeaseDurationSeconds = (int)duration.TotalSeconds,
            AcquireTime = ours ? before!.AcquireTime : MicroTime(now),
            RenewTime = MicroTime(now),
            LeaseTransitions = (before?.LeaseTransitions ?? 0) + (ours || before is null ? 0 : 1),
        };
    }

    /// <summary>The spec of a lease that nobody holds any more.</summary>
    public static LeaseSpec Released(LeaseSpec held, DateTimeOffset now) =>
        held with { HolderIdentity = null, LeaseDurationSeconds = 1, RenewTime = MicroTime(now) };

    /// <summary>What a Lease says; where it has no duration, <paramref name="usualDuration"/> counts.</summary>
    public static LeaseRecord Read(LeaseObject lease, TimeSpan usualDuration) => new(
        lease.Spec?.HolderIdentity ?? "",
        lease.Spec?.LeaseDurationSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : usualDuration,
        lease.Spec?.RenewTime ?? "",
        lease.Spec?.LeaseTransitions ?? 0);

    private static string MicroTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
