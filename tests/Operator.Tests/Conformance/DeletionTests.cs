using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>The end of objects: at once, held by finalizers, many at a time.</summary>
public abstract class DeletionTests(IApiServer server) : ConformanceTests(server)
{
    private const string Held = ",\"finalizers\":[\"example.org/hold\"]";

    private string A => Api.Secrets + "/a";

    [Fact]
    public async Task A_delete_answers_with_a_status_that_names_the_object()
    {
        var created = await Api.PostAsync(Api.Secrets, Secret("a"));
        var deleted = (await Api.DeleteAsync(A)).Expect(200);
        deleted["status"]!.ToString().ShouldBe("Success");
        deleted["details"].ShouldBeJson($$"""{"name":"a","kind":"secrets","uid":"{{created.Uid}}"}""");

        var absent = (await Api.DeleteAsync(A)).Expect(404, "NotFound");
        absent.Message.ShouldBe("secrets \"a\" not found");
        absent.About.ShouldBe("secrets./a");
    }

    [Fact]
    public async Task A_custom_resource_is_named_with_its_group()
    {
        var created = await Api.PostAsync(Api.Sessions, Session("a"));
        (await Api.DeleteAsync(Api.Sessions + "/a")).Expect(200)["details"]
            .ShouldBeJson($$"""{"name":"a","group":"uploadsession.io","kind":"uploadsessions","uid":"{{created.Uid}}"}""");
        (await Api.DeleteAsync(Api.Sessions + "/a")).Expect(404).Message.ShouldBe("uploadsessions.uploadsession.io \"a\" not found");
    }

    [Fact]
    public async Task Finalizers_hold_an_object_until_the_last_is_gone()
    {
        await Api.PostAsync(Api.Secrets, Secret("a", Held));

        var deleted = (await Api.DeleteAsync(A)).Expect(200);
        deleted.Metadata["deletionTimestamp"].ShouldNotBeNull();
        deleted.Metadata["deletionGracePeriodSeconds"]!.GetValue<int>().ShouldBe(0);
        (await Api.DeleteAsync(A)).Expect(200).Version.ShouldBe(deleted.Version);

        (await Api.MergeAsync(A, """{"metadata":{"finalizers":["example.org/hold","example.org/more"]}}""")).Expect(422).Message
            .ShouldContain("no new finalizers can be added if the object is being deleted");
        (await Api.MergeAsync(A, """{"metadata":{"finalizers":null}}""")).Expect(200);
        (await Api.GetAsync(A)).Expect(404);
    }

    [Fact]
    public async Task A_deletion_is_a_change_of_the_spec_to_those_who_count_generations()
    {
        await Api.PostAsync(Api.Sessions, Session("a", Held));
        (await Api.DeleteAsync(Api.Sessions + "/a")).Expect(200).Generation.ShouldBe(2);
        (await Api.MergeAsync(Api.Sessions + "/a", """{"metadata":{"finalizers":null}}""")).Expect(200);
        (await Api.GetAsync(Api.Sessions + "/a")).Expect(404);
    }

    [Fact]
    public async Task A_finalizer_of_a_built_in_kind_is_named_with_a_domain() =>
        (await Api.PostAsync(Api.Secrets, Secret("a", ",\"finalizers\":[\"hold\"]"))).Expect(422, "Invalid").CauseFields.ShouldBe(["metadata.finalizers[0]"]);

    [Fact]
    public async Task A_collection_is_deleted_by_selector()
    {
        foreach (var all in new[] { Api.Secrets, Api.Sessions })
        {
            var of = (string name, string metadata) => all == Api.Secrets ? Secret(name, metadata) : Session(name, metadata);
            await Api.PostAsync(all, of("a", ",\"labels\":{\"x\":\"1\"}"));
            await Api.PostAsync(all, of("b", ""));
            (await Api.DeleteAsync(all + "?labelSelector=x%3D1")).Expect(200);
            (await Api.GetAsync(all)).Names.ShouldBe(["b"]);
        }
    }
}

public sealed class EmbeddedDeletionTests(EmbeddedServer server) : DeletionTests(server);

public sealed class EnvtestDeletionTests(EnvtestServer server) : DeletionTests(server);
