using static Operator.Tests.Conformance.ApiClient;
using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>Refusals: the code and reason that programs decide by, the message that people read.</summary>
public abstract class ErrorTests(IApiServer server) : ConformanceTests(server)
{
    [Fact]
    public async Task A_missing_object_is_named()
    {
        var absent = (await Api.GetAsync(Api.Secrets + "/absent")).Expect(404, "NotFound");
        absent.Kind.ShouldBe("v1/Status");
        absent["status"]!.ToString().ShouldBe("Failure");
        absent["code"]!.GetValue<int>().ShouldBe(404);
        absent.Message.ShouldBe("secrets \"absent\" not found");
        absent.About.ShouldBe("secrets./absent");
        absent = (await Api.GetAsync(Api.Sessions + "/absent")).Expect(404, "NotFound");
        absent.Message.ShouldBe("uploadsessions.uploadsession.io \"absent\" not found");
        absent.About.ShouldBe("uploadsessions.uploadsession.io/absent");
    }

    [Fact]
    public async Task A_missing_namespace_is_named()
    {
        var absent = (await Api.PostAsync("/api/v1/namespaces/nowhere-at-all/secrets", Secret("a"))).Expect(404, "NotFound");
        absent.Message.ShouldBe("namespaces \"nowhere-at-all\" not found");
        absent.About.ShouldBe("namespaces./nowhere-at-all");
    }

    [Theory]
    [InlineData("/apis/uploadsession.io/v1alpha1/nothings")]
    [InlineData("/apis/uploadsession.io/v9/uploadsessions")]
    [InlineData("/apis/nothing.example.org/v1/things")]
    public async Task A_type_that_nobody_defined_is_no_page(string path) => (await Api.GetAsync(path)).Expect(404).Text.ShouldBe("404 page not found\n");

    [Theory]
    [InlineData("/api/v1/nothings")]
    [InlineData("/api/v1/namespaces/default/nothings/a")]
    [InlineData("/api/v1/namespaces/default/secrets/a/nothing")]
    public async Task A_type_that_the_server_lacks_could_not_be_found(string path) =>
        (await Api.GetAsync(path)).Expect(404, "NotFound").Message.ShouldBe("the server could not find the requested resource");

    [Theory]
    [InlineData("PUT", "")]
    [InlineData("PATCH", "")]
    [InlineData("POST", "/a")]
    public async Task A_method_that_a_path_lacks_is_not_allowed(string method, string below) =>
        (await Api.SendAsync(new(method), Api.Secrets + below, Secret("a"), method == "PATCH" ? MergePatch : Json)).Expect(405, "MethodNotAllowed").Message
            .ShouldBe("the server does not allow this method on the requested resource");

    [Fact]
    public async Task A_body_of_an_unknown_type_is_refused()
    {
        (await Api.PostAsync(Api.Secrets, Secret("a"), "text/plain")).Expect(415, "UnsupportedMediaType");
        (await Api.PostAsync(Api.Sessions, Session("a"), "text/plain")).Expect(415, "UnsupportedMediaType");
    }

    [Theory]
    [InlineData("{\"x")]
    [InlineData("")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}""")]
    [InlineData("""{"apiVersion":"v2","kind":"Secret","metadata":{"name":"a"}}""")]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"a":"!"}}""")]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"a":7}}""")]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":"x"}""")]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":7}}""")]
    public async Task A_body_that_is_no_object_of_the_type_is_a_bad_request(string body) => (await Api.PostAsync(Api.Secrets, body)).Expect(400, "BadRequest");

    [Fact]
    public async Task A_lease_has_times_with_microseconds() =>
        (await Api.PostAsync(Api.Leases, Lease("l", "me").Replace(".123456Z", "Z", StringComparison.Ordinal))).Expect(400, "BadRequest");

    [Theory]
    [InlineData("""{"x""", 400)]
    [InlineData("""{"metadata":{"name":"a"},"spec":{}}""", 400)]
    [InlineData("""{"apiVersion":"uploadsession.io/v9","kind":"UploadSession","metadata":{"name":"a"}}""", 400)]
    [InlineData("""{"apiVersion":"uploadsession.io/v1alpha1","kind":"Other","metadata":{"name":"a"}}""", 422)]
    public async Task A_body_that_is_no_custom_resource_of_the_type_is_refused(string body, int status) => (await Api.PostAsync(Api.Sessions, body)).Expect(status);

    [Theory]
    [InlineData("A_b", "", "metadata.name")]
    [InlineData("a", ",\"labels\":{\"x\":\"!\"}", "metadata.labels")]
    [InlineData("a", ",\"labels\":{\"!\":\"x\"}", "metadata.labels")]
    [InlineData("a", ",\"annotations\":{\"!\":\"x\"}", "metadata.annotations")]
    public async Task Metadata_keeps_to_the_rules_of_names(string name, string metadata, string field)
    {
        (await Api.PostAsync(Api.Secrets, Secret(name, metadata))).Expect(422, "Invalid").Causes.ShouldBe(["FieldValueInvalid " + field]);
        (await Api.PostAsync(Api.Sessions, Session(name, metadata))).Expect(422, "Invalid").Causes.ShouldBe(["FieldValueInvalid " + field]);
    }

    [Fact]
    public async Task A_name_is_needed()
    {
        var refused = (await Api.PostAsync(Api.Secrets, """{"apiVersion":"v1","kind":"Secret"}""")).Expect(422, "Invalid");
        refused.Causes.ShouldBe(["FieldValueRequired metadata.name"]);
        refused.Message.ShouldBe("Secret \"\" is invalid: metadata.name: Required value: name or generateName is required");
    }

    [Fact]
    public async Task A_Secrets_keys_are_file_names() =>
        (await Api.PostAsync(Api.Secrets, Secret("a", data: "\"x/y\":\"YQ==\""))).Expect(422, "Invalid").Causes.ShouldBe(["FieldValueInvalid data[x/y]"]);

    [Fact]
    public async Task A_token_that_nobody_issued_is_unauthorized()
    {
        var refused = (await Api.SendAsync(HttpMethod.Get, Api.Secrets, token: "wrong")).Expect(401, "Unauthorized");
        refused.Message.ShouldBe("Unauthorized");
        refused.Kind.ShouldBe("v1/Status");
    }
}

public sealed class EmbeddedErrorTests(EmbeddedServer server) : ErrorTests(server);

public sealed class EnvtestErrorTests(EnvtestServer server) : ErrorTests(server);
