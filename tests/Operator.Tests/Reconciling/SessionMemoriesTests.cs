using ControllerRuntime;
using Operator.Tests.Running;
using UploadSessions.Credentials;
using UploadSessions.Operator.Reconciling;
using UploadSessions.Planning;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Reconciling;

/// <summary>Credentials that STS gave and the API server has not taken yet.</summary>
public sealed class SessionMemoriesTests
{
    private static readonly ObjectKey Key = new("team-a", "export");
    private static readonly DateTimeOffset Issued = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly IssuedCredentials Credentials = new()
    {
        AccessKeyId = "ASIAINHAND",
        SecretAccessKey = "secret",
        SessionToken = "token",
        IssuedAt = Issued,
        ExpiresAt = Issued.AddHours(1),
    };

    private readonly SessionMemories _memories = new();

    [Fact]
    public void They_serve_the_request_they_were_issued_for_and_no_other()
    {
        _memories.Hold(Key, "u1", Request("a"), Credentials);
        InHand("u1", "a", Issued).ShouldBe(Credentials);
        InHand("u1", "b", Issued).ShouldBeNull("the spec has changed");
        InHand("u2", "a", Issued).ShouldBeNull("a session made again is another one");
    }

    [Fact]
    public void They_serve_until_half_of_their_life_is_over()
    {
        _memories.Hold(Key, "u1", Request("a"), Credentials);
        InHand("u1", "a", Issued.AddMinutes(30).AddTicks(-1)).ShouldBe(Credentials);
        InHand("u1", "a", Issued.AddMinutes(30)).ShouldBeNull();
    }

    [Fact]
    public void They_serve_no_more_once_a_Secret_holds_them()
    {
        _memories.Hold(Key, "u1", Request("a"), Credentials);
        _memories.Release(Key, "u1", Secret("ASIAOLDER"));
        InHand("u1", "a", Issued).ShouldBe(Credentials);
        _memories.Release(Key, "u1", Secret(Credentials.AccessKeyId));
        InHand("u1", "a", Issued).ShouldBeNull();
    }

    [Fact]
    public void While_their_write_is_not_answered_nobody_knows_what_the_Secret_says()
    {
        _memories.Remember(Key, "u1", SessionMemory.Empty with { Written = 7, Shown = 2 });
        _memories.Hold(Key, "u1", Request("a"), Credentials);
        _memories.Recall(Key, "u1").ShouldBe(SessionMemory.Empty with { Shown = 2 });
    }

    private IssuedCredentials? InHand(string uid, string inputs, DateTimeOffset now) => _memories.InHand(Key, uid, Request(inputs), now);

    private static SecretMetadata Secret(string accessKeyId) =>
        new() { Metadata = new() { Namespace = "team-a", Name = "export", Annotations = new Dictionary<string, string> { [Annotations.AccessKeyId] = accessKeyId } } };

    private static IssuanceRequest Request(string inputs)
    {
        var session = new UploadSession { Metadata = new() { Namespace = Key.Namespace, Name = Key.Name, Uid = "u1" }, Spec = new() { RoleArn = Scene.RoleArn, Bucket = Scene.Bucket } };
        var terms = SpecReader.Read(session, new SpecDefaults("us-east-1")).Terms!;
        return new() { Terms = terms, Policy = PolicyRenderer.Render(terms), RoleSessionName = "team-a.export", InputHash = inputs, Trigger = IssueTrigger.First };
    }
}
