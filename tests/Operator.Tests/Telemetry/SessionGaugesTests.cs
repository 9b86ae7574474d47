using System.Diagnostics.Metrics;
using ControllerRuntime.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace Operator.Tests.Telemetry;

/// <summary>What is told of credentials that run out.</summary>
public sealed class SessionGaugesTests
{
    private static readonly DateTimeOffset Now = Kubernetes.Objects.Now;
    private static readonly DateTimeOffset Expiry = Now.AddMinutes(20);

    [Theory]
    [InlineData("True", Reasons.Issued, null)]
    [InlineData("False", Reasons.Suspended, null)]
    [InlineData("False", Reasons.Ended, null)]
    [InlineData("False", Reasons.NotGranted, null)]
    [InlineData("False", Reasons.Outdated, Reasons.Outdated)]
    [InlineData("False", Reasons.StsUnavailable, Reasons.StsUnavailable)]
    [InlineData("False", Reasons.InvalidSpec, Reasons.InvalidSpec)]
    public void Credentials_that_run_out_although_nobody_wants_it_are_failing(string ready, string reason, string? failing) =>
        Failing(Session("team-a", "export", Condition(ConditionTypes.Ready, ready, reason))).ShouldBe(failing is null ? [] : [$"team-a {failing}: 1"]);

    [Fact]
    public void The_error_code_of_a_renewal_comes_before_the_reason_of_Ready() =>
        Failing(Session("team-a", "export", Condition(ConditionTypes.Ready, "True", Reasons.Issued), Condition(ConditionTypes.RenewalFailing, "True", "AccessDenied")))
            .ShouldBe(["team-a AccessDenied: 1"]);

    [Fact]
    public void A_session_that_never_had_credentials_has_none_to_renew() =>
        Failing(Session("team-a", "export", Condition(ConditionTypes.Ready, "False", Reasons.StsUnavailable)) with { Status = new() }).ShouldBeEmpty();

    [Fact]
    public void They_are_counted_by_namespace_and_reason_and_the_first_expiry_is_told()
    {
        var down = Condition(ConditionTypes.Ready, "False", Reasons.StsUnavailable);
        var later = Session("team-a", "later", down);
        UploadSession[] sessions =
        [
            later with { Status = later.Status! with { ExpiresAt = Expiry.AddMinutes(5) } },
            Session("team-a", "sooner", down),
            Session("team-b", "other", down),
        ];
        Failing(sessions).ShouldBe(["team-a StsUnavailable: 2", "team-b StsUnavailable: 1"]);
        Shown("uploadsession_failing_renewals_expiry_timestamp", sessions)
            .ShouldBe([$"team-a StsUnavailable: {Expiry.ToUnixTimeSeconds()}", $"team-b StsUnavailable: {Expiry.ToUnixTimeSeconds()}"]);
    }

    [Theory]
    [InlineData(299, null)]
    [InlineData(300, "Overdue")]
    public void A_renewal_that_is_late_by_minutes_is_failing_though_no_status_says_so(int secondsLate, string? failing)
    {
        var session = Session("team-a", "export", Condition(ConditionTypes.Ready, "True", Reasons.Issued));
        Failing(session with { Status = session.Status! with { RenewAt = Now.AddSeconds(-secondsLate) } }).ShouldBe(failing is null ? [] : [$"team-a {failing}: 1"]);
    }

    [Theory]
    [InlineData(1, "True Issued: 1")]
    [InlineData(0, "False Expired: 1")]
    public void Credentials_that_have_expired_are_not_Ready_whatever_an_old_status_says(int secondsLeft, string shown)
    {
        var session = Session("team-a", "export", Condition(ConditionTypes.Ready, "True", Reasons.Issued));
        Shown("uploadsession_sessions", [session with { Status = session.Status! with { ExpiresAt = Now.AddSeconds(secondsLeft) } }]).ShouldBe([shown]);
    }

    /// <summary>OpenTelemetry keeps so many series of a metric and then no more, whoever they are of.</summary>
    [Fact]
    public void Whoever_makes_up_reasons_makes_few_series_and_hides_no_other()
    {
        UploadSession[] sessions =
        [
            .. Enumerable.Range(0, 3000).Select(number => Session("team-a", $"s{number}", Condition(ConditionTypes.Ready, $"S{number}", $"R{number}"), Condition(ConditionTypes.RenewalFailing, "True", $"R{number}"))),
            Session("team-b", "export", Condition(ConditionTypes.Ready, "True", Reasons.Issued), Condition(ConditionTypes.RenewalFailing, "True", "AccessDenied")),
        ];
        Shown("uploadsession_sessions", sessions).ShouldBe(["True Issued: 1", "Unknown Other: 3000"]);
        var failing = Failing(sessions);
        failing.Count.ShouldBeLessThan(50);
        failing.ShouldContain("team-b AccessDenied: 1");
    }

    private static UploadSession Session(string ns, string name, params Condition[] conditions) => new()
    {
        Metadata = new() { Namespace = ns, Name = name, ResourceVersion = "1" },
        Status = new() { ExpiresAt = Expiry, Conditions = conditions },
    };

    private static Condition Condition(string type, string status, string reason) => new() { Type = type, Status = status, Reason = reason };

    private static List<string> Failing(params UploadSession[] sessions) => Shown("uploadsession_failing_renewals", sessions);

    /// <summary>What a gauge shows while these sessions are in the cache.</summary>
    private static List<string> Shown(string gauge, UploadSession[] sessions)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new OperatorMetrics(services.GetRequiredService<IMeterFactory>());
        var caches = new SessionCaches(new ObjectStore<UploadSession>(SessionCaches.WatchedSessions), new ObjectStore<SecretMetadata>(SessionCaches.WatchedSecrets));
        foreach (var session in sessions)
            caches.Sessions.Set(session);
        _ = new SessionGauges(metrics, caches, new FakeTimeProvider(Now));
        var shown = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == metrics.Meter && instrument.Name == gauge)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => shown.Add($"{Text(tags)}: {value}"));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => shown.Add($"{Text(tags)}: {value}"));
        listener.Start();
        listener.RecordObservableInstruments();
        shown.Sort(StringComparer.Ordinal);
        return shown;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Value));
}
