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

    private static UploadSession Session(string version, string access) => new()
    {
        Metadata = new() { Name = "export", Namespace = "team", ResourceVersion = version },
        Spec = new() { Access = [access] },
    };

    private static SecretMetadata Owned(string ns) => new()
    {
        Metadata = new()
        {
            Name = "export",
            Namespace = ns,
            ResourceVersion = "1",
            OwnerReferences = [new() { ApiVersion = "uploadsession.io/v1alpha1", Kind = "UploadSession", Name = "export", Uid = "5f1c", Controller = true }],
        },
    };
}
