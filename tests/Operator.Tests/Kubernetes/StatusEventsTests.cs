using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace Operator.Tests.Kubernetes;

public sealed class StatusEventsTests
{
    private static readonly UploadSessionStatus Unseen = new() { ObservedGeneration = -1 };

    [Fact]
    public void None_for_the_first_issuance()
    {
        StatusEvents.Between(null, Ready(Reasons.Issued)).ShouldBeEmpty();
        StatusEvents.Between(Unseen, Ready(Reasons.Issued)).ShouldBeEmpty();
    }

    [Fact]
    public void None_for_a_rotation() =>
        StatusEvents.Between(Ready(Reasons.Issued), Ready(Reasons.Issued, "valid until later") with { Rotations = 1, AccessKeyId = "new" }).ShouldBeEmpty();

    [Theory]
    [InlineData(Reasons.InvalidSpec, "Validate", true)]
    [InlineData(Reasons.PolicyTooLarge, "Validate", true)]
    [InlineData(Reasons.AssumeRoleDenied, "Issue", true)]
    [InlineData(Reasons.Throttled, "Issue", true)]
    [InlineData(Reasons.StsUnavailable, "Issue", true)]
    [InlineData(Reasons.SecretConflict, "Issue", true)]
    [InlineData(Reasons.Outdated, "Issue", true)]
    [InlineData(Reasons.Pending, "Issue", false)]
    [InlineData(Reasons.Suspended, "Suspend", false)]
    [InlineData(Reasons.Ended, "End", false)]
    public void One_when_the_reason_changes_and_none_while_it_stays(string reason, string action, bool isWarning)
    {
        SessionEvent[] expected = [new(reason, action, "why", isWarning)];
        StatusEvents.Between(Ready(Reasons.Issued), Ready(reason, "why")).ShouldBe(expected);
        StatusEvents.Between(Unseen, Ready(reason, "why")).ShouldBe(expected);
        StatusEvents.Between(Ready(reason, "before"), Ready(reason, "after")).ShouldBeEmpty();
    }

    [Fact]
    public void One_when_it_is_issued_after_trouble() =>
        StatusEvents.Between(Ready(Reasons.AssumeRoleDenied), Ready(Reasons.Issued, "valid")).ShouldBe([new(Reasons.Issued, "Issue", "valid", IsWarning: false)]);

    [Fact]
    public void One_when_renewals_begin_to_fail_or_fail_otherwise()
    {
        SessionEvent[] expected = [new("RenewalFailing", "Renew", "Throttling: slow", IsWarning: true)];
        StatusEvents.Between(Ready(Reasons.Issued), Failing("Throttling", "Throttling: slow")).ShouldBe(expected);
        StatusEvents.Between(Failing("AccessDenied", "no"), Failing("Throttling", "Throttling: slow")).ShouldBe(expected);
        StatusEvents.Between(Failing("Throttling", "slow"), Failing("Throttling", "slower")).ShouldBeEmpty();
        StatusEvents.Between(Failing("Throttling", "slow"), Ready(Reasons.Issued)).ShouldBeEmpty();
    }

    private static UploadSessionStatus Ready(string reason, string message = "m") => new()
    {
        Conditions = [new() { Type = ConditionTypes.Ready, Status = reason == Reasons.Issued ? "True" : "False", Reason = reason, Message = message }],
    };

    private static UploadSessionStatus Failing(string code, string message)
    {
        var ready = Ready(Reasons.Issued);
        return ready with { Conditions = [.. ready.Conditions, new() { Type = ConditionTypes.RenewalFailing, Status = "True", Reason = code, Message = message }] };
    }
}
