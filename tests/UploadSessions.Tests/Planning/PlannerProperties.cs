using CsCheck;
using UploadSessions.Grants;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Planning;

/// <summary>What holds for every observation, however odd.</summary>
public sealed class PlannerProperties
{
    private const int Iterations = 1000;

    private static readonly Gen<UploadSessionSpec> Specs =
        from endsAt in Gen.Int[-30, 900]
        from hasEnd in Gen.Bool
        from suspend in Gen.Int[0, 3]
        from kind in Gen.Int[0, 7]
        select (kind switch
        {
            0 => Sessions.Minimal with { Bucket = null },
            1 => Sessions.Minimal with { SecretName = "moved" },
            2 => Sessions.Minimal with { RenewBefore = "3599s" },
            3 => Sessions.Minimal with { Duration = "12h", Prefix = "b/" },
            4 => Sessions.Minimal with { Prefix = new string('a', 1000), Access = ["Upload", "List"] },
            _ => Sessions.Minimal,
        }) with
        {
            EndsAt = hasEnd ? Rfc3339.Format(Sessions.Created.AddMinutes(endsAt)) : null,
            Suspend = suspend == 0,
        };

    private static readonly IssuanceError[] Errors =
    [
        new(Reasons.Throttled, FailureKind.Transient, "Throttling", "slow"),
        Scene.Denied,
        new(Reasons.InvalidSpec, FailureKind.Terminal, "MalformedPolicyDocument", "bad"),
    ];

    private static readonly Gen<SessionMemory> Memories =
        from kind in Gen.Int[0, 3]
        from same in Gen.Bool
        from notBefore in Gen.Int[-60, 60]
        from repairs in Gen.Int[0, 80]
        from repairedAgo in Gen.Int[0, 1200]
        select new SessionMemory
        {
            Failure = kind == 0 ? null : new IssuanceFailure(same ? "same" : "other", 1, Errors[kind - 1], kind == 3 ? null : Sessions.Created.AddMinutes(300 + notBefore)),
            SecretRepairs = repairs == 0 ? null : new(repairs, Sessions.Created.AddMinutes(300).AddSeconds(-repairedAgo)),
        };

    /// <summary>A Secret issued some time ago, from the current spec or an older one, and perhaps edited since; or none.</summary>
    private sealed record SecretShape(int Owner, bool Current, bool CurrentSpec, int IssuedAgo, int Life, int Edit, bool Told, string? Handled);

    private static readonly Gen<SecretShape> Secrets =
        from owner in Gen.Int[0, 6]
        from current in Gen.Bool
        from currentSpec in Gen.Bool
        from issuedAgo in Gen.Int[-10, 400]
        from life in Gen.Int[1, 730]
        from edit in Gen.Int[0, 9]
        from told in Gen.Bool
        from handled in SpecGen.Pick<string?>(null, "a", "b")
        select new SecretShape(owner, current, currentSpec, issuedAgo, life, edit, told, handled);

    /// <summary>How the session stands with the grants, and for how many seconds it has been refused.</summary>
    private static readonly Gen<(int Kind, int RefusedFor)> Standings = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 120]);

    private static readonly Gen<Scene> Scenes =
        from spec in Specs
        from shape in Secrets
        from memory in Memories
        from request in SpecGen.Pick("", "a", "b")
        from known in Gen.Int[0, 2]
        from others in Gen.Int[0, 2]
        from standing in Standings
        select Build(spec, shape, memory, request, known, others, standing);

    [Fact]
    public void Every_status_shown_is_sound_and_stable_and_every_wake_up_lies_ahead() => Scenes.Sample(
        scene =>
        {
            if (scene.Plan() is SessionPlan.Keep keep)
                StatusChecks.Check(scene.Observation, keep);
        },
        iter: Iterations);

    [Fact]
    public void Nothing_is_issued_while_suspended_ended_invalid_not_granted_or_in_conflict() => Scenes.Sample(
        scene =>
        {
            var observation = scene.Observation;
            var terms = observation.Spec.Terms;
            var foreign = observation.Secret is { } secret && (secret.Owner is null || secret.Owner.Name != "nightly-export");
            if (observation.Grant is GrantSituation.Unknown or GrantSituation.Refused || terms is null || terms.Suspend || terms.End <= scene.Now || foreign)
                scene.Plan().ShouldNotBeOfType<SessionPlan.Issue>();
        },
        iter: Iterations);

    [Fact]
    public void Only_the_end_and_a_lasting_refusal_remove_the_Secret_of_the_session() => Scenes.Sample(
        scene =>
        {
            var obsolete = ObsoleteIn(scene.Plan());
            var ended = scene.Observation.Spec.Terms is { } terms && terms.End <= scene.Now;
            if (!ended && IsRefusedForAMinute(scene.Observation))
                scene.Plan().ShouldBeOfType<SessionPlan.Keep>().Status.Conditions[0].Reason.ShouldBe(Reasons.NotGranted);
            else if (!ended && scene.Observation.Spec.Terms is { } running)
                obsolete.ShouldAllBe(secret => secret.Metadata.Name != running.SecretName);
            else if (!ended)
                obsolete.ShouldBeEmpty();
            obsolete.ShouldAllBe(secret => secret.Owner!.Uid == Scene.Uid);
        },
        iter: Iterations);

    [Fact]
    public void Another_Secret_is_removed_only_where_the_one_asked_for_is_ready() => Scenes.Sample(
        scene =>
        {
            if (scene.Plan() is SessionPlan.Keep { Obsolete.Count: > 0 } keep && keep.Status.Conditions[0] is { Status: not "True" } ready)
                ready.Reason.ShouldBeOneOf(Reasons.Ended, Reasons.NotGranted);
        },
        iter: Iterations);

    [Fact]
    public void What_was_issued_is_kept_and_not_issued_again() => Scenes.Sample(
        scene =>
        {
            if (scene.Plan() is not SessionPlan.Issue)
                return;
            var issued = scene.Issue();
            issued.ShouldRead("Ready=True:Issued");
            issued.Show().Restarted().ShouldRead("Ready=True:Issued");
        },
        iter: Iterations);

    [Fact]
    public void What_failed_is_not_tried_again_before_its_time() => Scenes.Sample(
        scene =>
        {
            if (scene.Plan() is not SessionPlan.Issue)
                return;
            var failed = scene.Fail(Scene.Denied, TimeSpan.FromSeconds(30));
            failed.ShouldKeep();
            failed.Show().After(TimeSpan.FromSeconds(29)).Plan().ShouldNotBeOfType<SessionPlan.Issue>();
        },
        iter: Iterations);

    /// <summary>Whoever only ever looks at the times it was told misses nothing that time alone brings about.</summary>
    [Fact]
    public void Between_a_look_and_its_wake_up_nothing_changes() => Gen.Select(Scenes, Gen.Double[0, 1]).Sample(
        (scene, part) =>
        {
            if (scene.Plan() is not SessionPlan.Keep || IssuedAhead(scene))
                return;
            var shown = scene.Show();
            var keep = shown.ShouldKeep();
            var until = keep.WakeAt ?? shown.Now.AddDays(10);
            var between = shown.At(shown.Now + ((until - shown.Now) * part * 0.999));
            StatusComparer.Same(between.ShouldKeep().Status, shown.Status).ShouldBeTrue();
        },
        iter: Iterations);

    /// <summary>What a valid session asks for now it does not keep for longer than a minute.</summary>
    [Fact]
    public void After_a_minute_without_any_grant_no_Secret_is_left() => Scenes.Sample(
        scene =>
        {
            var observation = scene.Observation;
            if (observation.Spec.Terms is null || observation.Grant is not GrantSituation.Refused { Grant: null })
                return;
            ObsoleteIn(scene.After(TimeSpan.FromMinutes(1)).Plan()).Count.ShouldBe(observation.OwnedSecrets.Count);
        },
        iter: Iterations);

    [Fact]
    public void A_doubt_removes_nothing() => Scenes.Sample(
        scene =>
        {
            var doubtful = scene.Finding(new GrantSituation.Unknown("who knows"));
            if (doubtful.Observation.Spec.Terms is { } terms && terms.End > doubtful.Now)
                ObsoleteIn(doubtful.Plan()).ShouldAllBe(secret => secret.Metadata.Name != terms.SecretName);
        },
        iter: Iterations);

    private static IReadOnlyList<SecretMetadata> ObsoleteIn(SessionPlan plan) => plan is SessionPlan.Keep keep ? keep.Obsolete : [];

    private static bool IsRefusedForAMinute(SessionObservation observation) =>
        observation is { Grant: GrantSituation.Refused, Spec.Terms: not null } && observation.Memory.RefusedSince <= observation.Now.AddMinutes(-1);

    /// <summary>Such a time is not believed until it has come; who forged it may wait.</summary>
    private static bool IssuedAhead(Scene scene) =>
        Rfc3339.TryParse(scene.Observation.Secret?.Metadata.Annotations.GetValueOrDefault(Annotations.IssuedAt), out var time) && time > scene.Now;

    private static GrantSituation Standing(int kind, SessionTerms? terms) => kind switch
    {
        0 => new GrantSituation.Unknown("the grants cannot be read"),
        1 => new GrantSituation.Refused("nearest", GrantRule.Access, "not allowed"),
        2 => new GrantSituation.Refused(null, GrantRule.Namespace, "no grant"),
        3 or 4 when terms is not null => new GrantSituation.Granted("grant", kind == 3 ? terms : terms with { ExternalId = "external", RequireTls = true }),
        _ => new GrantSituation.Disabled(),
    };

    private static Scene Build(UploadSessionSpec spec, SecretShape shape, SessionMemory memory, string request, int known, int others, (int Kind, int RefusedFor) standing)
    {
        var scene = Scene.With(spec).At(Sessions.Created.AddMinutes(300)).Requesting(request);
        var terms = scene.Observation.Spec.Terms;
        var grant = Standing(standing.Kind, terms);
        var asked = terms is null ? "none" : InputHash.Of(terms, "team-a.nightly-export");
        var hash = grant is GrantSituation.Granted granted ? InputHash.Of(granted.Terms, "team-a.nightly-export") : asked;
        if (memory.Failure is { Fingerprint: "same" } failure && terms is not null)
            memory = memory with { Failure = failure with { Fingerprint = IssuanceRequest.FingerprintOf(hash, terms.SecretName, request.Length == 0 ? null : request) } };
        memory = memory with { RefusedSince = scene.Now.AddSeconds(-standing.RefusedFor), IsWithoutGrants = standing.Kind == 2 };
        scene = scene.WithMemory(memory).Finding(grant);
        if (terms is not null && shape.Owner > 0)
        {
            var issuedAt = scene.Now.AddMinutes(-shape.IssuedAgo);
            var facts = new CredentialFacts("ASIAX", issuedAt, issuedAt.AddMinutes(shape.Life), shape.Current ? hash : "older", shape.Handled, shape.CurrentSpec ? asked : null);
            scene = scene.WithSecret(shape.Owner switch
            {
                1 => new SecretMetadata { Metadata = new() { Name = terms.SecretName } },
                2 => scene.SecretOf(terms, facts, "older"),
                3 => scene.SecretOf(terms, facts, "another", "another"),
                _ => scene.SecretOf(terms, facts),
            });
            if (shape.Edit == 0)
                scene = scene.WithSecret(metadata => metadata with { OwnedFields = OwnedFields.None });
        }

        scene = scene.WithStatus(status => known switch
        {
            0 => null,
            1 => status,
            _ => status with { AccessKeyId = shape.Told ? "ASIAX" : "ASIAOLD", SecretName = "nightly-export", Rotations = 3, RenewAt = scene.Now, LastHandledRenewRequest = "b" },
        });
        return others == 0 ? scene : scene with
        {
            Observation = scene.Observation with { OwnedSecrets = [.. scene.Observation.OwnedSecrets, scene.SecretOf(Sessions.Terms(Sessions.Minimal with { SecretName = "left-over" }), new("ASIAY", scene.Now, scene.Now, "x", null))] },
        };
    }
}
