using static Operator.Tests.Conformance.ApiClient;
using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>The life of one object of each kind that the operator, its users and these tests touch.</summary>
public abstract class ObjectTests(IApiServer server) : ConformanceTests(server)
{
    public static TheoryData<string, string, string> Kinds => new()
    {
        { "secrets", "v1", Secret("a") },
        { "configmaps", "v1", ConfigMap("a") },
        { "serviceaccounts", "v1", Of("v1", "ServiceAccount", "a") },
        { "leases", "coordination.k8s.io/v1", Lease("a", "me") },
        { "uploadsessions", "uploadsession.io/v1alpha1", Session("a") },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_object_is_created_read_listed_replaced_patched_and_deleted(string resource, string groupVersion, string manifest)
    {
        var all = Api.In(resource, groupVersion);
        var one = all + "/a";

        var created = (await Api.PostAsync(all, manifest)).Expect(201);
        created.Metadata["namespace"]!.ToString().ShouldBe(Api.Namespace);
        created.Metadata["creationTimestamp"]!.ToString().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        created.Kind.ShouldBe((await Api.GetAsync(one)).Expect(200).Kind);
        (await Api.GetAsync(one)).Body.ShouldBeJson(created.Text);

        var list = (await Api.GetAsync(all + "?fieldSelector=metadata.name%3Da")).Expect(200);
        list.Names.ShouldBe(["a"]);
        list.Kind.ShouldBe(created.Kind + "List");
        long.Parse(list.Version).ShouldBeGreaterThanOrEqualTo(long.Parse(created.Version));

        var next = created.Body;
        next["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["replaced"] = "yes" };
        var replaced = (await Api.PutAsync(one, next.ToJsonString())).Expect(200);
        replaced.Uid.ShouldBe(created.Uid);
        replaced.Version.ShouldNotBe(created.Version);

        var patched = (await Api.MergeAsync(one, """{"metadata":{"labels":{"patched":"yes"}}}""")).Expect(200);
        patched.Metadata["labels"].ShouldBeJson("""{"patched":"yes","replaced":"yes"}""");

        (await Api.DeleteAsync(one)).Expect(200);
        (await Api.GetAsync(one)).Expect(404, "NotFound");
    }

    [Fact]
    public async Task A_second_object_of_a_name_is_refused()
    {
        await Api.PostAsync(Api.Secrets, Secret("a"));
        var refused = (await Api.PostAsync(Api.Secrets, Secret("a"))).Expect(409, "AlreadyExists");
        refused.Message.ShouldBe("secrets \"a\" already exists");
        refused.About.ShouldBe("secrets./a");

        await Api.PostAsync(Api.Sessions, Session("a"));
        refused = (await Api.PostAsync(Api.Sessions, Session("a"))).Expect(409, "AlreadyExists");
        refused.Message.ShouldBe("uploadsessions.uploadsession.io \"a\" already exists");
        refused.About.ShouldBe("uploadsessions.uploadsession.io/a");
    }

    [Fact]
    public async Task A_write_that_changes_nothing_keeps_the_version()
    {
        var created = await Api.PostAsync(Api.Secrets, Secret("a"));
        (await Api.MergeAsync(Api.Secrets + "/a", $$$"""{"data":{ {{{SecretData}}} }}""")).Expect(200).Version.ShouldBe(created.Version);
        (await Api.PutAsync(Api.Secrets + "/a", created.Text)).Expect(200).Version.ShouldBe(created.Version);
    }

    [Fact]
    public async Task A_name_is_made_from_generateName()
    {
        foreach (var (all, manifest) in new[] { (Api.Secrets, Secret("")), (Api.Sessions, Session("")) })
        {
            var generated = manifest.Replace("\"name\":\"\"", "\"generateName\":\"gen-\"", StringComparison.Ordinal);
            (await Api.PostAsync(all, generated)).Expect(201).Metadata["name"]!.ToString().ShouldMatch("^gen-[a-z0-9]{5}$");
        }
    }

    [Fact]
    public async Task Yaml_is_understood()
    {
        const string text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  key: value\n";
        var secret = (await Api.PostAsync(Api.Secrets, text, Yaml)).Expect(201);
        secret["data"]!["key"]!.ToString().ShouldBe("dmFsdWU=");
        secret["stringData"].ShouldBeNull();
        secret["type"]!.ToString().ShouldBe("Opaque");
    }

    [Fact]
    public async Task A_dry_run_answers_and_stores_nothing()
    {
        (await Api.PostAsync(Api.Secrets + "?dryRun=All", Secret("a"))).Expect(201).Uid.ShouldNotBeEmpty();
        (await Api.GetAsync(Api.Secrets + "/a")).Expect(404);
        (await Api.PostAsync(Api.Secrets + "?dryRun=Some", Secret("a"))).Expect(422, "Invalid").CauseFields.ShouldBe(["dryRun"]);
    }

    [Fact]
    public async Task Owner_references_are_kept_as_they_were_sent()
    {
        const string owner = """{"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","name":"export","uid":"7e5c9b52-0000-4000-8000-000000000000","controller":true}""";
        var created = (await Api.PostAsync(Api.Secrets, Secret("a", $""","ownerReferences":[{owner}]"""))).Expect(201);
        created.Metadata["ownerReferences"].ShouldBeJson($"[{owner}]");

        var faulty = owner.Replace("7e5c9b52-0000-4000-8000-000000000000", "", StringComparison.Ordinal);
        (await Api.PostAsync(Api.Secrets, Secret("b", $""","ownerReferences":[{faulty}]"""))).Expect(422, "Invalid");
        var second = owner.Replace("7e5c", "8e5c", StringComparison.Ordinal);
        (await Api.PostAsync(Api.Secrets, Secret("b", $""","ownerReferences":[{owner},{second}]"""))).Expect(422, "Invalid").CauseFields.ShouldBe(["metadata.ownerReferences"]);
    }
}

public sealed class EmbeddedObjectTests(EmbeddedServer server) : ObjectTests(server);

public sealed class EnvtestObjectTests(EnvtestServer server) : ObjectTests(server);
