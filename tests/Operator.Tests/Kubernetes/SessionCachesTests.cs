using ControllerRuntime;
using ControllerRuntime.Watching;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Resources;

namespace Operator.Tests.Kubernetes;

public sealed class SessionCachesTests
{
    /// <summary>Whoever may write Secrets in one namespace can name the session of another as their owner.</summary>
    [Fact]
    public void A_Secret_of_another_namespace_is_not_the_sessions_whatever_owner_it_names()
    {
        var secrets = new ObjectStore<SecretMetadata>(SessionCaches.WatchedSecrets);
        var caches = new SessionCaches(new ObjectStore<UploadSession>(SessionCaches.WatchedSessions), secrets);
        secrets.Set(Owned("team-a"));
        secrets.Set(Owned("team-b"));

        caches.OwnedBy("team-a", "5f1c").ShouldHaveSingleItem().Metadata.Namespace.ShouldBe("team-a");
        caches.OwnedBy("team-c", "5f1c").ShouldBeEmpty();
    }

    [Fact]
    public void A_new_version_of_a_session_keeps_the_spec_of_the_old_one_while_both_say_the_same()
    {
        var sessions = new ObjectStore<UploadSession>(SessionCaches.WatchedSessions);
        var first = Session("1", "put");
        sessions.Set(first);
        sessions.Set(Session("2", "put"));
        sessions.Get(new("team", "export"))!.Metadata.ResourceVersion.ShouldBe("2");
        sessions.Get(new("team", "export"))!.Spec.ShouldBeSameAs(first.Spec);

        sessions.Set(Session("3", "delete"));
        sessions.Get(new("team", "export"))!.Spec.Access.ShouldBe(["delete"]);
    }

    [Fact]
    public void Sessions_rank_by_their_credentials_end_and_by_their_creation_before_they_have_any()
    {
        var sessions = new ObjectStore<UploadSession>(SessionCaches.WatchedSessions);
        var caches = new SessionCaches(sessions, new ObjectStore<SecretMetadata>(SessionCaches.WatchedSecrets));
        var metadata = Objects.Session.Metadata with { CreationTimestamp = Objects.Now };
        var key = new ObjectKey(metadata.Namespace, metadata.Name);
        sessions.Set(Objects.Session with { Metadata = metadata });
        caches.DeadlineOf(key).ShouldBe(Objects.Now);

        sessions.Set(Objects.Session with { Metadata = metadata with { ResourceVersion = "42" }, Status = new() { ExpiresAt = Objects.Now.AddHours(1) } });
        caches.DeadlineOf(key).ShouldBe(Objects.Now.AddHours(1));
    }

    [Fact]
    public void What_this_process_wrote_is_no_news()
    {
        var (caches, news) = HavingWritten();

        caches.Secrets.Set(Owned("team", "1"));
        caches.Sessions.Set(Session("2", "put"));
        news.ShouldBeEmpty();
    }

    [Fact]
    public void What_somebody_else_did_meanwhile_is_news()
    {
        var (caches, news) = HavingWritten();

        caches.Secrets.Set(Owned("team", "2"));
        news.ShouldBe([Export]);
        caches.Sessions.Set(Session("3", "put"));
        caches.Secrets.Remove(Export);
        caches.Sessions.Remove(Export);
        news.ShouldBe([Export, Export, Export, Export]);
    }

    [Fact]
    public void A_write_whose_answer_is_not_here_yet_is_news()
    {
        var (caches, news) = Following();
        caches.Sessions.Set(Session("1", "put"));
        caches.BeginSession(Export);
        caches.Sessions.Set(Session("2", "put"));
        news.ShouldBe([Export, Export]);
    }

    /// <summary>A CRD with a new default changes specs without an event of their sessions.</summary>
    [Theory]
    [InlineData("put", 1)]
    [InlineData("delete", 2)]
    public void A_spec_that_came_with_a_status_is_news(string access, int news)
    {
        var (caches, told) = Following();
        caches.Sessions.Set(Session("1", "put"));
        caches.BeginSession(Export).Complete(Session("2", access));
        caches.Sessions.Set(Session("2", access));
        told.Count.ShouldBe(news);
    }

    /// <summary>The spec named another by the time the Secret came: nothing else tells that this one is to go.</summary>
    [Fact]
    public void A_Secret_of_ours_that_the_session_does_not_name_any_more_is_news()
    {
        var (caches, news) = HavingWritten();
        caches.Sessions.Set(Session("2", "put", secretName: "renamed"));
        news.Clear();

        caches.Secrets.Set(Owned("team", "1"));

        news.ShouldBe([Export]);
    }

    [Fact]
    public void A_Secret_that_was_deleted_before_it_was_seen_is_news_when_a_list_lacks_it()
    {
        var (caches, news) = HavingWritten();
        caches.Secrets.Replace([], []);
        news.ShouldBe([Export]);
        caches.Secret(Export).ShouldBeNull();
        caches.Secrets.Replace([], []);
        news.Count.ShouldBe(1);
    }

    [Fact]
    public void A_Secret_whose_session_is_not_known_is_no_news()
    {
        var (caches, news) = Following();
        caches.Secrets.Set(Owned("team", "1"));
        news.ShouldBeEmpty();
    }

    private static ObjectKey Export { get; } = new("team", "export");

    private static (SessionCaches Caches, List<ObjectKey> News) Following()
    {
        var caches = new SessionCaches(new ObjectStore<UploadSession>(SessionCaches.WatchedSessions), new ObjectStore<SecretMetadata>(SessionCaches.WatchedSecrets));
        var news = new List<ObjectKey>();
        caches.SubscribeToNews(news.Add);
        return (caches, news);
    }

    /// <summary>A Secret, and version 2 of a session; neither has come over a watch yet.</summary>
    private static (SessionCaches Caches, List<ObjectKey> News) HavingWritten()
    {
        var (caches, news) = Following();
        caches.Sessions.Set(Session("1", "put"));
        caches.BeginSession(Export).Complete(Session("2", "put"));
        caches.BeginSecret(Export).Complete(Owned("team", "1"));
        news.Clear();
        return (caches, news);
    }

    private static UploadSession Session(string version, string access, string? secretName = null) => new()
    {
        Metadata = new() { Name = "export", Namespace = "team", ResourceVersion = version },
        Spec = new() { Access = [access], SecretName = secretName },
    };

    private static SecretMetadata Owned(string ns, string version = "1") => new()
    {
        Metadata = new()
        {
            Name = "export",
            Namespace = ns,
            ResourceVersion = version,
            OwnerReferences = [new() { ApiVersion = "uploadsession.io/v1alpha1", Kind = "UploadSession", Name = "export", Uid = "5f1c", Controller = true }],
        },
    };
}
