namespace ControllerRuntime.Leadership;

/// <summary>Who holds a lease, as the server tells it.</summary>
/// <param name="Holder">The identity of the holder; empty where nobody holds it.</param>
/// <param name="Duration">How long after a renewal others leave it alone.</param>
/// <param name="RenewTime">The holder's own clock at its last renewal, verbatim: only compared, never read as a time, since clocks differ between machines.</param>
/// <param name="Transitions">How often the holder changed.</param>
public sealed record LeaseRecord(string Holder, TimeSpan Duration, string RenewTime, int Transitions);
