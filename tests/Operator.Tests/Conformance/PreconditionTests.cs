using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>Optimistic concurrency: what keeps two writers from undoing each other.</summary>
public abstract class PreconditionTests(IApiServer server) : ConformanceTests(server)
{
    private const string OtherUid = "7e5c9b52-0000-4000-8000-000000000000";

    private string A => Api.Secrets + "/a";

    [Fact]
    public async Task A_stale_version_is_refused_by_every_write()
    {
        var old = (await Api.PostAsync(Api.Secrets, Secret("a"))).Version;
        await Api.MergeAsync(A, """{"metadata":{"labels":{"x":"1"}}}""");
        const string modified = "Operation cannot be fulfilled on secrets \"a\": the object has been modified; please apply your changes to the latest version and try again";

        var put = (await Api.PutAsync(A, Secret("a", $",\"resourceVersion\":\"{old}\""))).Expect(409, "Conflict");
        put.Message.ShouldBe(modified);
        put.About.ShouldBe("secrets./a");
        (await Api.MergeAsync(A, $$$"""{"metadata":{"resourceVersion":"{{{old}}}"},"data":{"b":"YQ=="}}""")).Expect(409, "Conflict").Message.ShouldBe(modified);
        var deleted = (await Api.DeleteAsync(A, $$$"""{"preconditions":{"resourceVersion":"{{{old}}}"}}""")).Expect(409, "Conflict");
        deleted.Message.ShouldStartWith($"Operation cannot be fulfilled on Secret \"a\": the ResourceVersion in the precondition ({old}) does not match the ResourceVersion in record (");
    }

    [Fact]
    public async Task Another_uid_is_refused_by_every_write()
    {
        var created = await Api.PostAsync(Api.Secrets, Secret("a"));

        (await Api.PutAsync(A, Secret("a", $",\"uid\":\"{OtherUid}\""))).Expect(409, "Conflict");
        (await Api.MergeAsync(A, $$$"""{"metadata":{"uid":"{{{OtherUid}}}"}}""")).Expect(422, "Invalid").CauseFields.ShouldBe(["metadata.uid"]);
        (await Api.DeleteAsync(A, $$$"""{"preconditions":{"uid":"{{{OtherUid}}}"}}""")).Expect(409, "Conflict").Message.ShouldBe(
            $"Operation cannot be fulfilled on Secret \"a\": the UID in the precondition ({OtherUid}) does not match the UID in record ({created.Uid}). The object might have been deleted and then recreated");

        (await Api.DeleteAsync(A, $$$"""{"preconditions":{"uid":"{{{created.Uid}}}","resourceVersion":"{{{created.Version}}}"}}""")).Expect(200);
    }

    [Fact]
    public async Task A_custom_resource_is_replaced_only_with_its_version()
    {
        var created = await Api.PostAsync(Api.Sessions, Session("a"));
        (await Api.PutAsync(Api.Sessions + "/a", Session("a"))).Expect(422, "Invalid").CauseFields.ShouldBe(["metadata.resourceVersion"]);
        (await Api.PutAsync(Api.Sessions + "/a", Session("a", ",\"resourceVersion\":\"1\""))).Expect(409, "Conflict");
        (await Api.PutAsync(Api.Sessions + "/a", Session("a", $",\"resourceVersion\":\"{created.Version}\""))).Expect(200);
        (await Api.DeleteAsync(Api.Sessions + "/a", $$$"""{"preconditions":{"uid":"{{{OtherUid}}}"}}""")).Expect(409, "Conflict");
    }

    [Fact]
    public async Task A_new_object_has_no_version_yet() =>
        (await Api.PostAsync(Api.Secrets, Secret("a", ",\"resourceVersion\":\"5\""))).Expect(500).Message.ShouldBe("resourceVersion should not be set on objects to be created");

    [Fact]
    public async Task What_is_absent_cannot_be_replaced_but_a_lease_can()
    {
        (await Api.PutAsync(A, Secret("a"))).Expect(404, "NotFound");
        (await Api.PutAsync(Api.Leases + "/l", Lease("l", "me"))).Expect(201);
    }

    [Fact]
    public async Task A_body_is_of_the_object_that_the_url_names()
    {
        await Api.PostAsync(Api.Secrets, Secret("a"));
        (await Api.PutAsync(A, Secret("b"))).Expect(400, "BadRequest").Message.ShouldBe("the name of the object (b) does not match the name on the URL (a)");
        (await Api.PutAsync(A, Secret("a", ",\"namespace\":\"default\""))).Expect(400, "BadRequest");
        (await Api.PostAsync(Api.Secrets, Secret("b", ",\"namespace\":\"default\""))).Expect(400, "BadRequest");
    }
}

public sealed class EmbeddedPreconditionTests(EmbeddedServer server) : PreconditionTests(server);

public sealed class EnvtestPreconditionTests(EnvtestServer server) : PreconditionTests(server);
