using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>Rules that single kinds have: Secrets, Events, Leases, Namespaces, our definition.</summary>
public abstract class KindTests(IApiServer server) : ConformanceTests(server)
{
    [Fact]
    public async Task An_immutable_Secret_keeps_its_data()
    {
        (await Api.PostAsync(Api.Secrets, Secret("a", rest: ",\"immutable\":true"))).Expect(201);
        var refused = (await Api.MergeAsync(Api.Secrets + "/a", """{"data":{"a":"Yg=="}}""")).Expect(422, "Invalid");
        refused.Causes.ShouldBe(["FieldValueForbidden data"]);
        refused.Message.ShouldBe("Secret \"a\" is invalid: data: Forbidden: field is immutable when `immutable` is set");
        (await Api.MergeAsync(Api.Secrets + "/a", """{"immutable":false}""")).Expect(422).Causes.ShouldBe(["FieldValueForbidden immutable"]);
        (await Api.ApplyAsync(Api.Secrets + "/a", "m", Secret("a", data: "\"a\":\"Yg==\""), force: true)).Expect(422).Causes.ShouldBe(["FieldValueForbidden data"]);
        (await Api.MergeAsync(Api.Secrets + "/a", """{"metadata":{"labels":{"x":"1"}}}""")).Expect(200);
        (await Api.DeleteAsync(Api.Secrets + "/a")).Expect(200);
    }

    [Fact]
    public async Task A_Secret_keeps_its_type()
    {
        await Api.PostAsync(Api.Secrets, Secret("a"));
        (await Api.MergeAsync(Api.Secrets + "/a", """{"type":"example.org/other"}""")).Expect(422).Causes.ShouldBe(["FieldValueInvalid type"]);
    }

    [Fact]
    public async Task An_event_of_the_new_group_is_one_of_the_old()
    {
        (await Api.PostAsync(Api.Events, Event("e", Api.Namespace))).Expect(201)["note"]!.ToString().ShouldBe("credentials issued");
        var old = (await Api.GetAsync(Api.In("events") + "/e")).Expect(200);
        old["message"]!.ToString().ShouldBe("credentials issued");
        old["reportingComponent"]!.ToString().ShouldBe("uploadsession.io/operator");
        old["involvedObject"]!["name"]!.ToString().ShouldBe("export");

        var series = (await Api.MergeAsync(Api.Events + "/e", """{"series":{"count":2,"lastObservedTime":"2026-11-23T23:36:43.123456Z"}}""")).Expect(200);
        series["series"]!["count"]!.GetValue<int>().ShouldBe(2);
        (await Api.DeleteAsync(Api.Events + "/e")).Expect(200);
    }

    [Theory]
    [InlineData("action")]
    [InlineData("reason")]
    [InlineData("reportingController")]
    [InlineData("reportingInstance")]
    [InlineData("type")]
    [InlineData("regarding")]
    public async Task An_event_needs(string field)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(Event("e", Api.Namespace))!.AsObject();
        body.Remove(field);
        (await Api.PostAsync(Api.Events, body.ToJsonString())).Expect(422, "Invalid");
    }

    [Fact]
    public async Task An_event_has_a_short_note() =>
        (await Api.PostAsync(Api.Events, Event("e", Api.Namespace, note: new string('x', 1025)))).Expect(422, "Invalid");

    [Fact]
    public async Task A_lease_is_replaced_only_with_its_version()
    {
        var lease = await Api.PostAsync(Api.Leases, Lease("l", "me"));
        (await Api.PutAsync(Api.Leases + "/l", Lease("l", "you"))).Expect(422).CauseFields.ShouldBe(["metadata.resourceVersion"]);
        (await Api.PutAsync(Api.Leases + "/l", Lease("l", "you", $",\"resourceVersion\":\"{lease.Version}\""))).Expect(200)["spec"]!["holderIdentity"]!.ToString().ShouldBe("you");
        (await Api.PutAsync(Api.Leases + "/l", Lease("l", "me", $",\"resourceVersion\":\"{lease.Version}\""))).Expect(409, "Conflict");
    }

    [Fact]
    public async Task Namespaces_are_active_until_they_are_deleted()
    {
        var path = "/api/v1/namespaces/" + Api.Namespace;
        (await Api.GetAsync(path)).Expect(200)["status"]!["phase"]!.ToString().ShouldBe("Active");
        var deleted = (await Api.DeleteAsync(path)).Expect(200);
        deleted["status"]!["phase"]!.ToString().ShouldBe("Terminating");
        deleted.Metadata["deletionTimestamp"].ShouldNotBeNull();
        // A server without a controller for namespaces keeps it; both refuse what is new in it.
        (await Api.PostAsync(Api.Secrets, Secret("late"))).Status.ShouldBeOneOf(403, 404);
    }

    [Fact]
    public async Task Our_definition_is_established()
    {
        var crd = (await Api.GetAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/uploadsessions.uploadsession.io")).Expect(200);
        var conditions = crd["status"]!["conditions"]!.AsArray().ToDictionary(condition => condition!["type"]!.ToString(), condition => condition!["status"]!.ToString());
        conditions["Established"].ShouldBe("True");
        conditions["NamesAccepted"].ShouldBe("True");
        crd["status"]!["storedVersions"].ShouldBeJson("""["v1alpha1"]""");
        crd["spec"]!["names"]!["singular"]!.ToString().ShouldBe("uploadsession");
    }
}

public sealed class EmbeddedKindTests(EmbeddedServer server) : KindTests(server);

public sealed class EnvtestKindTests(EnvtestServer server) : KindTests(server);
