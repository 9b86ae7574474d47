using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Planning;

public sealed class RenewRequestTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_new_value_renews_once()
    {
        var requested = Scene.Issued().After(Minute).Requesting("a");
        requested.ShouldIssue(IssueTrigger.Requested).RenewRequest.ShouldBe("a");
        var handled = requested.Issue().Show();
        handled.Status.LastHandledRenewRequest.ShouldBe("a");
        handled.After(Minute).ShouldRead("Ready=True:Issued");
        handled.After(Minute).Restarted().ShouldKeep();
        handled.After(Minute).Requesting("b").ShouldIssue(IssueTrigger.Requested).RenewRequest.ShouldBe("b");
    }

    [Fact]
    public void A_request_present_at_the_first_issuance_is_carried_out_by_it()
    {
        var issued = Scene.With(Sessions.Minimal).Requesting("a").Issue(trigger: IssueTrigger.First).Show();
        issued.Status.LastHandledRenewRequest.ShouldBe("a");
        issued.After(Minute).ShouldKeep();
    }

    [Fact]
    public void It_is_remembered_on_the_Secret_and_in_the_status_so_that_either_may_be_lost()
    {
        var handled = Scene.Issued().After(Minute).Requesting("a").Issue().Show().After(Minute);
        handled.WithStatus(_ => null).ShouldKeep().Status.LastHandledRenewRequest.ShouldBe("a");
        handled.Restarted().WithSecret(metadata => metadata with
        {
            Annotations = metadata.Annotations.Where(pair => pair.Key != Annotations.HandledRenewRequest).ToDictionary(),
        }).ShouldKeep().Status.LastHandledRenewRequest.ShouldBe("a");
    }

    [Fact]
    public void A_request_taken_back_and_made_again_is_not_carried_out_again()
    {
        var handled = Scene.Issued().After(Minute).Requesting("a").Issue().Show();
        var rotated = handled.Requesting("").At(handled.Status.RenewAt!.Value).Issue(trigger: IssueTrigger.Due).Show();
        rotated.After(Minute).Requesting("a").ShouldRead("Ready=True:Issued");
    }

    [Fact]
    public void A_request_carried_out_before_the_end_is_not_carried_out_again_after_the_end_was_put_off()
    {
        var handled = Scene.Issued(Sessions.Minimal with { Lifetime = "2h" }).After(Minute).Requesting("a").Issue().Show();
        var ended = handled.Requesting("").After(Minute * 120).Show();
        ended.Status.LastHandledRenewRequest.ShouldBe("a");
        var again = ended.Respecified(spec => spec with { Lifetime = "4h" }).Issue().Show();
        again.After(Minute).Requesting("a").ShouldRead("Ready=True:Issued");
    }

    [Fact]
    public void Requests_are_carried_out_30_seconds_apart_at_most()
    {
        var handled = Scene.Issued().After(Minute).Requesting("a").Issue().Show();
        var hasty = handled.After(TimeSpan.FromSeconds(1)).Requesting("b");
        hasty.ShouldRead("Ready=True:Issued").WakeAt.ShouldBe(handled.Now.AddSeconds(30));
        hasty.At(handled.Now.AddSeconds(30)).ShouldIssue(IssueTrigger.Requested);
    }

    [Fact]
    public void An_empty_request_is_none() => Scene.Issued().After(Minute).Requesting("").ShouldKeep();
}
