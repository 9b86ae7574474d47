using System.Net;
using Operator.Tests.Running;
using UploadSessions.Grants;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Options;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Granting;

public sealed class GrantBookTests
{
    internal static readonly OperatorOptions Options = new()
    {
        Region = "us-east-1",
        RequireGrants = true,
        Workers = 1,
        StsRate = 1,
        HttpAddress = new IPEndPoint(IPAddress.Loopback, 0),
        LeaderElect = false,
        LeaderElectionNamespace = "default",
        JsonLogs = false,
        LogLevel = Microsoft.Extensions.Logging.LogLevel.Information,
    };

    private static readonly UploadSession Session = new()
    {
        Metadata = new() { Namespace = "team-a", Name = "export", Uid = "u1" },
        Spec = new() { RoleArn = Scene.RoleArn, Bucket = Scene.Bucket },
    };

    private static readonly UploadGrant Selecting = Grant("selecting", new() { Selector = new() { MatchLabels = new Dictionary<string, string> { ["tier"] = "gold" } } });

    [Fact]
    public void Nothing_is_known_before_the_grants_are_listed()
    {
        var (book, caches) = Open(Options);
        Of(book).ShouldBeOfType<GrantSituation.Unknown>().Why.ShouldContain("uploadgrants.uploadsession.io");
        caches.Namespaces!.Replace([Namespace("team-a", "gold")], []);
        caches.Grants.Replace([Selecting], []);
        Of(book).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("selecting");
    }

    [Fact]
    public void A_refusal_without_the_namespaces_labels_is_a_doubt_and_a_grant_by_name_is_none()
    {
        var (book, caches) = Open(Options);
        caches.Grants.Replace([Selecting], []);
        Of(book).ShouldBeOfType<GrantSituation.Unknown>().Why.ShouldContain("namespace team-a");
        caches.Namespaces!.Replace([Namespace("team-b", "gold")], []);
        Of(book).ShouldBeOfType<GrantSituation.Unknown>("a namespace that is not in the cache yet has labels all the same");
        caches.Grants.Set(Grant("naming", new() { Names = ["team-a"] }));
        Of(book).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("naming");
    }

    /// <summary>Else every session of both would be issued anew for the second one, and again for the first once the labels are back.</summary>
    [Fact]
    public void A_grant_by_name_is_a_doubt_where_labels_could_tell_of_one_before_it()
    {
        var (book, caches) = Open(Options);
        caches.Namespaces!.Replace([Namespace("team-a", "gold")], []);
        caches.Grants.Replace([Selecting, Grant("zero", new() { Names = ["team-a"] })], []);
        Of(book).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("selecting");
        caches.Namespaces.Remove(new("", "team-a"));
        Of(book).ShouldBeOfType<GrantSituation.Unknown>();

        caches.Grants.Set(Selecting with { Metadata = Selecting.Metadata with { ResourceVersion = "2" }, Spec = Selecting.Spec with { RoleArns = ["arn:aws:iam::123456789012:role/another"] } });
        Of(book).ShouldBeOfType<GrantSituation.Granted>("the other does not allow the session, whatever the labels").Grant.ShouldBe("zero");
    }

    [Fact]
    public void A_grant_that_names_another_namespace_is_no_doubt()
    {
        var (book, caches) = Open(Options);
        caches.Grants.Replace([Grant("another", new() { Names = ["team-b"] }), Grant("zero", new() { Names = ["team-a"] })], []);
        Of(book).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("zero");
        caches.Grants.Set(Selecting);
        Of(book).ShouldBeOfType<GrantSituation.Unknown>("and hides none");
    }

    [Fact]
    public void Where_namespaces_are_not_read_selectors_match_none()
    {
        var (book, caches) = Open(Options with { Namespaces = ["team-a"] });
        caches.Namespaces.ShouldBeNull();
        caches.Grants.Replace([Selecting], []);
        Of(book).ShouldBeOfType<GrantSituation.Refused>();
    }

    [Fact]
    public void Every_change_of_a_grant_is_seen()
    {
        var (book, caches) = Open(Options with { Namespaces = ["team-a"] });
        caches.Grants.Replace([], []);
        Of(book).ShouldBeOfType<GrantSituation.Refused>();
        caches.Grants.Set(Grant("naming", new() { Names = ["team-a"] }));
        Of(book).ShouldBeOfType<GrantSituation.Granted>();
        caches.Grants.Remove(new("", "naming"));
        Of(book).ShouldBeOfType<GrantSituation.Refused>();
    }

    [Fact]
    public void Without_grants_nothing_is_asked() =>
        Of(Open(Options with { RequireGrants = false }).Book).ShouldBeOfType<GrantSituation.Disabled>();

    [Fact]
    public void An_invalid_spec_asks_for_nothing_that_could_be_refused()
    {
        var (book, caches) = Open(Options with { Namespaces = ["team-a"] });
        caches.Grants.Replace([Grant("naming", new() { Names = ["team-a"] })], []);
        book.Of(Session, terms: null).ShouldBeOfType<GrantSituation.Disabled>();
    }

    [Fact]
    public void A_ServiceAccounts_session_waits_for_labels_only_where_they_could_tell_of_its_store()
    {
        var (book, caches) = Open(Options);
        OfServiceAccount(book).ShouldBeOfType<GrantSituation.Unknown>("a grant may name its store");
        caches.Grants.Replace([Selecting], []);
        OfServiceAccount(book).ShouldBeOfType<GrantSituation.Disabled>();
        caches.Grants.Set(Grant("store", Selecting.Spec.Namespaces!, new() { StsEndpoint = "https://store.example", TokenAudience = "store" }));
        OfServiceAccount(book).ShouldBeOfType<GrantSituation.Unknown>();
        caches.Namespaces!.Replace([Namespace("team-a", "gold")], []);
        OfServiceAccount(book).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("store");
    }

    private static GrantSituation OfServiceAccount(GrantBook book)
    {
        var session = Session with { Spec = Session.Spec with { ServiceAccountName = "exporter" } };
        return book.Of(session, SpecReader.Read(session, new SpecDefaults("us-east-1", TokenAudience: "sts.amazonaws.com")).Terms);
    }

    private static (GrantBook Book, GrantCaches Caches) Open(OperatorOptions options)
    {
        var caches = new GrantCaches(options);
        return (new GrantBook(caches, options), caches);
    }

    private static GrantSituation Of(GrantBook book) => book.Of(Session, SpecReader.Read(Session, new SpecDefaults("us-east-1")).Terms);

    private static UploadGrant Grant(string name, GrantNamespaces namespaces, GrantSession? session = null) => new()
    {
        Metadata = new() { Name = name, ResourceVersion = "1" },
        Spec = new() { Namespaces = namespaces, RoleArns = [Scene.RoleArn], Targets = [new() { Bucket = Scene.Bucket, Access = ["Upload"] }], Session = session },
    };

    private static NamespaceMetadata Namespace(string name, string tier) =>
        new() { Metadata = new() { Name = name, ResourceVersion = "1", Labels = new Dictionary<string, string> { ["tier"] = tier } } };
}
