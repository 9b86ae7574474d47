using System.Diagnostics.Metrics;
using ControllerRuntime.Watching;
using Microsoft.Extensions.DependencyInjection;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace Operator.Tests.Telemetry;

public sealed class SessionGaugesTests
{
    [Theory]
    [InlineData("True", Reasons.Issued, null)]
    [InlineData("False", Reasons.Suspended, null)]
    [InlineData("False", Reasons.Ended, null)]
    [InlineData("False", Reasons.NotGranted, null)]
    [InlineData("False", Reasons.Outdated, Reasons.Outdated)]
    [InlineData("False", Reasons.StsUnavailable, Reasons.StsUnavailable)]
    [InlineData("False", Reasons.InvalidSpec, Reasons.InvalidSpec)]
    public void Credentials_that_run_out_although_nobody_wants_it_are_failing(string ready, string reason, string? failing) =>
        Failing(Status(Condition(ConditionTypes.Ready, ready, reason))).ShouldBe(failing is null ? [] : [$"team-a/export {failing}"]);

    [Fact]
    public void The_error_code_of_a_renewal_comes_before_the_reason_of_Ready() =>
        Failing(Status(Condition(ConditionTypes.Ready, "True", Reasons.Issued), Condition(ConditionTypes.RenewalFailing, "True", "AccessDenied")))
            .ShouldBe(["team-a/export AccessDenied"]);

    [Fact]
    public void A_session_that_never_had_credentials_has_none_to_renew() =>
        Failing(Status(Condition(ConditionTypes.Ready, "False", Reasons.StsUnavailable)) with { ExpiresAt = null }).ShouldBeEmpty();

    private static UploadSessionStatus Status(params Condition[] conditions) => new() { ExpiresAt = Kubernetes.Objects.Now, Conditions = conditions };

    private static Condition Condition(string type, string status, string reason) => new() { Type = type, Status = status, Reason = reason };

    /// <summary>What the gauge shows of one session with this status.</summary>
    private static List<string> Failing(UploadSessionStatus status)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new OperatorMetrics(services.GetRequiredService<IMeterFactory>());
        var caches = new SessionCaches(new ObjectStore<UploadSession>(SessionCaches.WatchedSessions), new ObjectStore<SecretMetadata>(SessionCaches.WatchedSecrets));
        caches.Sessions.Set(Kubernetes.Objects.Session with { Status = status });
        _ = new SessionGauges(metrics, caches);
        var shown = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == metrics.Meter && instrument.Name == "uploadsession_renewal_failing")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            value.ShouldBe(1);
            var labels = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            shown.Add($"{labels["namespace"]}/{labels["name"]} {labels["reason"]}");
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return shown;
    }
}
