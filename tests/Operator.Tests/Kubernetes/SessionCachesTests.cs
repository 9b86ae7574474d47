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
