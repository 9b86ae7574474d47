using CsCheck;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Planning;

/// <summary>Whoever writes our Secret under the name of our field manager neither stops the rotation nor drives it.</summary>
public sealed class ForgeryProperties
{
    /// <summary>At once, then 5, 10, 20, … seconds apart, up to 5 minutes: so many repairs fit into an hour, and a rotation.</summary>
    private const int MostInAnHour = 20;

    private static readonly string CurrentHash = InputHash.Of(Sessions.Terms(Sessions.Minimal), "team-a.nightly-export");

    /// <summary>Any annotations that could be ours, in seconds from now.</summary>
    private static readonly Gen<(int IssuedAgo, int Life, string Key, string Hash, string? Handled)> Lies = Gen.Select(
        Gen.Int[-61, 90_000],
        Gen.OneOf(Gen.Int[1, 3661], Gen.Int[1, 43_300]),
        SpecGen.Pick("ASIAOTHER", "", "SAME"),
        SpecGen.Pick(CurrentHash, CurrentHash, "older"),
        SpecGen.Pick<string?>(null, "a"));

    [Fact]
    public void A_forged_expiry_does_not_stop_the_rotation() => Gen.Select(Lies, Gen.Bool, Gen.Bool, Gen.Int[0, 2400]).Sample(
        (lie, restarted, told, age) =>
        {
            var scene = Scene.Issued().After(TimeSpan.FromSeconds(age));
            if (restarted)
                scene = scene.Restarted();
            if (!told)
                scene = scene.WithStatus(_ => null);
            var forged = Forge(scene, lie);
            var latest = scene.Now + TimeSpan.FromHours(1) + (2 * CredentialFacts.ClockTolerance);
            Woken(forged, latest).ShouldBeTrue("credentials are issued before the hour is over that was asked for");
        },
        iter: 1000);

    [Fact]
    public void Who_lies_at_every_look_is_answered_ever_more_rarely() => Lies.Array[199].Sample(
        lies =>
        {
            var scene = Scene.Issued().Restarted();
            var issued = 0;
            for (var second = 0; second < 3600; second += 5)
                scene = Reconcile(Forge(scene.After(TimeSpan.FromSeconds(5)), lies[second % lies.Length]), ref issued);

            issued.ShouldBeInRange(2, MostInAnHour);
        },
        iter: 5);

    /// <summary>Say they are told different default regions, and no lease keeps them apart.</summary>
    [Fact]
    public void Two_operators_that_disagree_do_not_drive_each_other()
    {
        var (one, other) = (Scene.Issued(), Scene.With(Sessions.Minimal, new SpecDefaults("us-east-1")));
        var (issued, last) = (0, one);
        for (var second = 0; second < 3600; second += 5)
        {
            var turn = one.At(Sessions.Created.AddSeconds(second + 6)).WithSecret(last.Secret).WithStatus(_ => last.Status);
            last = Reconcile(turn, ref issued);
            (one, other) = (other, last);
        }

        issued.ShouldBeLessThan(2 * MostInAnHour);
    }

    /// <summary>Whether credentials are issued by that time, by who looks only when told to.</summary>
    private static bool Woken(Scene scene, DateTimeOffset latest)
    {
        while (scene.Now <= latest)
        {
            if (scene.Plan() is not SessionPlan.Keep keep)
                return true;
            scene = scene.Show();
            if (keep.WakeAt is not { } wakeAt)
                return false;
            scene = scene.At(wakeAt);
        }

        return false;
    }

    /// <summary>As the operator does: issues what is planned, and shows what is new.</summary>
    private static Scene Reconcile(Scene scene, ref int issued)
    {
        if (scene.Plan() is SessionPlan.Issue)
        {
            issued++;
            scene = scene.Issue();
        }

        return scene.Plan() is SessionPlan.Keep keep && StatusComparer.Same(keep.Status, scene.Status) ? scene : scene.Show();
    }

    private static Scene Forge(Scene scene, (int IssuedAgo, int Life, string Key, string Hash, string? Handled) lie)
    {
        var issuedAt = Rfc3339.WholeSeconds(scene.Now.AddSeconds(-lie.IssuedAgo));
        var key = lie.Key == "SAME" ? scene.Secret.Metadata.Annotations[Annotations.AccessKeyId] : lie.Key;
        var annotations = new CredentialFacts(key, issuedAt, issuedAt.AddSeconds(lie.Life), lie.Hash, lie.Handled).ToAnnotations();
        return scene.WithSecret(metadata => metadata with { Annotations = annotations, OwnedFields = ExpectedFields.Of(Sessions.Terms(Sessions.Minimal), annotations) });
    }
}
