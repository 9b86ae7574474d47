using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace Operator.Tests.Telemetry;

/// <summary>What Prometheus is told of each session.</summary>
public sealed class SessionMetricsTests
{
    [Fact]
    public void Readiness_and_expiry_of_each_session_are_told()
    {
        var issued = Session("issued", new() { ExpiresAt = Now.AddHours(1), Conditions = [Ready("True", Reasons.Issued)] });
        var denied = Session("denied", new() { Conditions = [Ready("False", Reasons.AssumeRoleDenied)] });
        Samples(issued, denied, Session("new", status: null)).ShouldBe(
        [
            "uploadsession_ready{namespace=\"team-a\",name=\"issued\",reason=\"Issued\"} 1",
            "uploadsession_ready{namespace=\"team-a\",name=\"denied\",reason=\"AssumeRoleDenied\"} 0",
            "uploadsession_ready{namespace=\"team-a\",name=\"new\",reason=\"Pending\"} 0",
            $"uploadsession_credentials_expiry_timestamp_seconds{{namespace=\"team-a\",name=\"issued\"}} {Now.AddHours(1).ToUnixTimeSeconds()}",
        ]);
    }

    [Fact]
    public void Credentials_that_have_expired_are_not_Ready_whatever_an_old_status_says() =>
        Samples(Session("stale", new() { ExpiresAt = Now, Conditions = [Ready("True", Reasons.Issued)] }))
            .ShouldContain("uploadsession_ready{namespace=\"team-a\",name=\"stale\",reason=\"Expired\"} 0");

    [Fact]
    public void A_reason_that_somebody_wrote_adds_no_line() =>
        Samples(Session("forged", new() { Conditions = [Ready("True", "a\\b\"}\nup 1")] }))
            .ShouldBe(["uploadsession_ready{namespace=\"team-a\",name=\"forged\",reason=\"a\\\\b\\\"}\\nup 1\"} 1"]);

    private static DateTimeOffset Now => Kubernetes.Objects.Now;

    private static IEnumerable<string> Samples(params UploadSession[] sessions) =>
        string.Concat(SessionMetrics.Lines(sessions, Now)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');

    private static UploadSession Session(string name, UploadSessionStatus? status) => new() { Metadata = new() { Namespace = "team-a", Name = name }, Status = status };

    private static Condition Ready(string status, string reason) => new() { Type = ConditionTypes.Ready, Status = status, Reason = reason };
}
