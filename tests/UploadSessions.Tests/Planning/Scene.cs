using UploadSessions.Credentials;
using UploadSessions.Grants;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Planning;

/// <summary>One session in a world of its own: what the planner observes, and what carrying out its plans makes of it. Every status shown is checked for what holds of all of them.</summary>
internal sealed record Scene
{
    public const string Uid = "5f1c";

    public static readonly IssuanceError Denied = new(Reasons.AssumeRoleDenied, FailureKind.Propagation, "AccessDenied", "not authorized");

    public required SessionObservation Observation { get; init; }

    public SpecDefaults Defaults { get; init; } = Sessions.Aws;

    public DateTimeOffset Now => Observation.Now;

    public SecretMetadata Secret => Observation.Secret.ShouldNotBeNull();

    public UploadSessionStatus Status => Observation.Session.Status.ShouldNotBeNull();

    public static Scene With(UploadSessionSpec spec, SpecDefaults? defaults = null)
    {
        var session = Sessions.With(spec);
        session = session with
        {
            Metadata = session.Metadata with { Uid = Uid, Generation = 1 },
            // The default of the CRD.
            Status = new UploadSessionStatus { ObservedGeneration = -1 },
        };
        return new()
        {
            Defaults = defaults ?? Sessions.Aws,
            Observation = new() { Session = session, Spec = SpecReader.Read(session, defaults ?? Sessions.Aws), Now = Sessions.Created.AddSeconds(1) },
        };
    }

    /// <summary>A session whose first credentials stand and are shown.</summary>
    public static Scene Issued(UploadSessionSpec? spec = null) => With(spec ?? Sessions.Minimal).Issue().Show();

    public SessionPlan Plan() => SessionPlanner.Plan(Observation);

    public Scene At(DateTimeOffset now) => this with { Observation = Observation with { Now = now } };

    public Scene After(TimeSpan time) => At(Now + time);

    public Scene Respecified(Func<UploadSessionSpec, UploadSessionSpec> change)
    {
        var session = Observation.Session with
        {
            Spec = change(Observation.Session.Spec),
            Metadata = Observation.Session.Metadata with { Generation = Observation.Session.Metadata.Generation + 1 },
        };
        return Reread(session, Defaults);
    }

    public Scene Redefaulted(SpecDefaults defaults) => Reread(Observation.Session, defaults);

    public Scene Requesting(string renewRequest) => WithSession(session => session with
    {
        Metadata = session.Metadata with { Annotations = new Dictionary<string, string> { [Annotations.RenewRequest] = renewRequest } },
    });

    public Scene WithSession(Func<UploadSession, UploadSession> change) => this with { Observation = Observation with { Session = change(Observation.Session) } };

    public Scene WithStatus(Func<UploadSessionStatus, UploadSessionStatus?> change) => WithSession(session => session with { Status = change(session.Status!) });

    public Scene WithMemory(SessionMemory memory) => this with { Observation = Observation with { Memory = memory } };

    /// <summary>The grants as the operator finds them at this look.</summary>
    public Scene Finding(GrantSituation grant) => With(observation => observation with { Grant = grant, Memory = observation.Memory.Seeing(grant, observation.Now) });

    /// <summary>What a new process knows.</summary>
    public Scene Restarted() => WithMemory(SessionMemory.Empty).With(observation => observation with { JustIssued = null });

    public Scene WithSecret(SecretMetadata? secret) => With(observation => observation with
    {
        Secret = secret,
        OwnedSecrets =
        [
            .. observation.OwnedSecrets.Where(other => other.Metadata.Name != SecretName),
            .. secret?.Owner?.Uid == Uid ? new[] { secret } : [],
        ],
    });

    public Scene WithSecret(Func<SecretObjectMeta, SecretObjectMeta> change) => WithSecret(Secret with { Metadata = change(Secret.Metadata) });

    /// <summary>Carries out the plan, which must be to issue, up to the Secret.</summary>
    public Scene Issue(TimeSpan? life = null, IssueTrigger? trigger = null)
    {
        var request = ShouldIssue(trigger);
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds());
        var credentials = new IssuedCredentials
        {
            AccessKeyId = $"ASIA{Now.UtcTicks:X}",
            SecretAccessKey = "secret",
            SessionToken = "token",
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt + (life ?? request.Terms.Duration),
            AssumedRoleArn = "arn:aws:sts::123456789012:assumed-role/uploads/" + request.RoleSessionName,
            PackedPolicyPercent = 7,
        };
        var facts = request.FactsOf(credentials);
        return WithSecret(SecretOf(request.Terms, facts)).With(observation => observation with
        {
            JustIssued = credentials,
            Memory = Observation.Memory.WithIssued(facts, request, Now),
        });
    }

    /// <summary>Carries out the plan, which must be to keep: shows the status, deletes what is obsolete.</summary>
    public Scene Show()
    {
        var keep = ShouldKeep();
        return WithSession(session => session with { Status = keep.Status }).With(observation => observation with
        {
            JustIssued = null,
            Secret = keep.Obsolete.Contains(observation.Secret) ? null : observation.Secret,
            OwnedSecrets = [.. observation.OwnedSecrets.Except(keep.Obsolete)],
            Memory = keep.Obsolete.Aggregate(observation.Memory, (memory, removed) => memory.WithoutSecret(removed.Metadata.Name)),
        });
    }

    /// <summary>The plan is to issue, and that fails.</summary>
    public Scene Fail(IssuanceError error, TimeSpan? retryAfter)
    {
        var request = ShouldIssue();
        return WithMemory(Observation.Memory with { Failure = new(request.Fingerprint, 1, error, Now + retryAfter) { At = Now } });
    }

    public IssuanceRequest ShouldIssue(IssueTrigger? trigger = null)
    {
        var request = Plan().ShouldBeOfType<SessionPlan.Issue>().Request;
        if (trigger is not null)
            request.Trigger.ShouldBe(trigger.Value);
        return request;
    }

    public SessionPlan.Keep ShouldKeep()
    {
        var keep = Plan().ShouldBeOfType<SessionPlan.Keep>();
        StatusChecks.Check(Observation, keep);
        return keep;
    }

    /// <summary>The plan is to keep, with these conditions: <c>Ready=True:Issued</c>, others after it.</summary>
    public SessionPlan.Keep ShouldRead(string conditions)
    {
        var keep = ShouldKeep();
        string.Join(' ', keep.Status.Conditions.Select(condition => $"{condition.Type}={condition.Status}:{condition.Reason}")).ShouldBe(conditions);
        return keep;
    }

    public SecretMetadata SecretOf(SessionTerms terms, CredentialFacts facts, string ownerUid = Uid, string ownerName = "nightly-export") => new()
    {
        Metadata = new()
        {
            Name = terms.SecretName,
            Namespace = "team-a",
            Uid = "secret-" + terms.SecretName,
            ResourceVersion = "7",
            Annotations = facts.ToAnnotations(),
            OwnedFields = ExpectedFields.Of(terms, facts.ToAnnotations()),
            OwnerReferences = [new() { ApiVersion = "uploadsession.io/v1alpha1", Kind = "UploadSession", Name = ownerName, Uid = ownerUid, Controller = true }],
        },
    };

    public override string ToString() =>
        $"{Observation.Session.Spec}\nnow {Now:O}\nmemory {Observation.Memory}\nsecret {Describe(Observation.Secret)}\nowned {string.Join(' ', Observation.OwnedSecrets.Select(secret => secret.Metadata.Name))}\nstatus {Observation.Session.Status}";

    private static string Describe(SecretMetadata? secret) =>
        secret is null ? "none" : $"{secret.Owner} {secret.Metadata.OwnedFields} {string.Join(' ', secret.Metadata.Annotations)}";

    private string SecretName => Observation.Spec.Terms?.SecretName ?? Observation.Session.Metadata.Name;

    private Scene With(Func<SessionObservation, SessionObservation> change) => this with { Observation = change(Observation) };

    private Scene Reread(UploadSession session, SpecDefaults defaults)
    {
        var spec = SpecReader.Read(session, defaults);
        var name = spec.Terms?.SecretName ?? session.Status?.SecretName ?? session.Metadata.Name;
        return this with
        {
            Defaults = defaults,
            Observation = Observation with
            {
                Session = session,
                Spec = spec,
                Secret = Observation.Secret?.Metadata.Name == name ? Observation.Secret : Observation.OwnedSecrets.FirstOrDefault(owned => owned.Metadata.Name == name),
            },
        };
    }
}
