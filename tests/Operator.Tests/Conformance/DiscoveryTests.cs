using System.Text.Json.Nodes;

namespace Operator.Tests.Conformance;

/// <summary>What is served, and whether it is well.</summary>
public abstract class DiscoveryTests(IApiServer server) : ConformanceTests(server)
{
    [Fact]
    public async Task The_core_group_has_version_one()
    {
        var versions = (await Api.GetAsync("/api")).Expect(200);
        versions["kind"]!.ToString().ShouldBe("APIVersions");
        versions["versions"].ShouldBeJson("""["v1"]""");
    }

    [Theory]
    [InlineData("apiextensions.k8s.io/v1")]
    [InlineData("authentication.k8s.io/v1")]
    [InlineData("authorization.k8s.io/v1")]
    [InlineData("coordination.k8s.io/v1")]
    [InlineData("events.k8s.io/v1")]
    [InlineData("uploadsession.io/v1alpha1")]
    public async Task A_group_is_listed_with_its_preferred_version(string groupVersion)
    {
        var name = groupVersion.Split('/')[0];
        var groups = (await Api.GetAsync("/apis")).Expect(200);
        groups.Kind.ShouldBe("v1/APIGroupList");
        groups["groups"]!.AsArray().Single(group => group!["name"]!.ToString() == name)!["preferredVersion"]!["groupVersion"]!.ToString().ShouldBe(groupVersion);
        var one = (await Api.GetAsync("/apis/" + name)).Expect(200);
        one.Kind.ShouldBe("v1/APIGroup");
        one["versions"]!.AsArray().Select(version => version!["groupVersion"]!.ToString()).ShouldContain(groupVersion);
        (await Api.GetAsync("/apis/" + groupVersion)).Expect(200)["groupVersion"]!.ToString().ShouldBe(groupVersion);
    }

    [Theory]
    [InlineData("/api/v1", "namespaces", "Namespace", "ns", false)]
    [InlineData("/api/v1", "secrets", "Secret", "", true)]
    [InlineData("/api/v1", "configmaps", "ConfigMap", "cm", true)]
    [InlineData("/api/v1", "serviceaccounts", "ServiceAccount", "sa", true)]
    [InlineData("/api/v1", "events", "Event", "ev", true)]
    [InlineData("/apis/events.k8s.io/v1", "events", "Event", "ev", true)]
    [InlineData("/apis/coordination.k8s.io/v1", "leases", "Lease", "", true)]
    [InlineData("/apis/apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition", "crd,crds", false)]
    [InlineData("/apis/uploadsession.io/v1alpha1", "uploadsessions", "UploadSession", "ups", true)]
    public async Task A_resource_is_described(string path, string name, string kind, string shortNames, bool namespaced)
    {
        var resource = await ResourceAsync(path, name);
        resource["kind"]!.ToString().ShouldBe(kind);
        resource["namespaced"]!.GetValue<bool>().ShouldBe(namespaced);
        string.Join(",", resource["shortNames"]?.AsArray().Select(text => text!.ToString()) ?? []).ShouldBe(shortNames);
        string[] verbs = ["create", "delete", "get", "list", "patch", "update", "watch"];
        resource["verbs"]!.AsArray().Select(verb => verb!.ToString()).Intersect(verbs).Order().ShouldBe(verbs);
    }

    [Fact]
    public async Task Our_resource_has_a_category_and_a_status()
    {
        const string path = "/apis/uploadsession.io/v1alpha1";
        var resource = await ResourceAsync(path, "uploadsessions");
        resource["categories"].ShouldBeJson("""["uploads"]""");
        resource["singularName"]!.ToString().ShouldBe("uploadsession");
        (await ResourceAsync(path, "uploadsessions/status"))["verbs"].ShouldBeJson("""["get","patch","update"]""");
    }

    [Fact]
    public async Task Tokens_are_asked_for_below_a_service_account()
    {
        var token = await ResourceAsync("/api/v1", "serviceaccounts/token");
        token["kind"]!.ToString().ShouldBe("TokenRequest");
        token["group"]!.ToString().ShouldBe("authentication.k8s.io");
        token["verbs"].ShouldBeJson("""["create"]""");
    }

    [Theory]
    [InlineData("/apis/nothing.example.org")]
    [InlineData("/apis/uploadsession.io/v9")]
    public async Task What_is_not_served_is_no_page(string path) => (await Api.GetAsync(path)).Expect(404).Text.ShouldBe("404 page not found\n");

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task Health_is_one_word_for_everybody(string path)
    {
        (await Api.GetAsync(path)).Expect(200).Text.ShouldBe("ok");
        using var stranger = new HttpClient(Server.CreateHandler()) { BaseAddress = Server.Address };
        (await stranger.GetStringAsync(path, TestContext.Current.CancellationToken)).ShouldBe("ok");
    }

    [Fact]
    public async Task The_version_says_what_kubectl_compares()
    {
        var version = (await Api.GetAsync("/version")).Expect(200).Body;
        string[] known = ["buildDate", "compiler", "gitCommit", "gitTreeState", "gitVersion", "goVersion", "major", "minor", "platform"];
        known.ShouldBeSubsetOf(version.Select(pair => pair.Key));
        version["gitVersion"]!.ToString().ShouldStartWith($"v{version["major"]}.{version["minor"]}.");
    }

    /// <summary>What kubectl explain and apply of version 1.20 read; the definition is published in the background.</summary>
    [Fact]
    public async Task OpenApi_describes_our_resource()
    {
        var definition = await Eventually.GetAsync(
            async () => (await Api.GetAsync("/openapi/v2")).Expect(200)["definitions"]!["io.uploadsession.v1alpha1.UploadSession"], "our definition is published");
        definition["x-kubernetes-group-version-kind"].ShouldBeJson("""[{"group":"uploadsession.io","kind":"UploadSession","version":"v1alpha1"}]""");
        definition["properties"]!["spec"]!["properties"]!["bucket"]!["type"]!.ToString().ShouldBe("string");
        definition["properties"]!["spec"]!["required"]!.AsArray().Select(name => name!.ToString()).Order().ShouldBe(["bucket", "roleArn"]);
    }

    private async Task<JsonNode> ResourceAsync(string path, string name)
    {
        var list = (await Api.GetAsync(path)).Expect(200);
        list["kind"]!.ToString().ShouldBe("APIResourceList");
        return list["resources"]!.AsArray().Single(resource => resource!["name"]!.ToString() == name)!;
    }
}

public sealed class EmbeddedDiscoveryTests(EmbeddedServer server) : DiscoveryTests(server);

public sealed class EnvtestDiscoveryTests(EnvtestServer server) : DiscoveryTests(server);
