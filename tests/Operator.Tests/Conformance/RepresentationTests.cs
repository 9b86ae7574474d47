using static Operator.Tests.Conformance.ApiClient;
using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>The forms that an Accept header asks for: metadata alone for the operator, tables for kubectl.</summary>
public abstract class RepresentationTests(IApiServer server) : ConformanceTests(server)
{
    [Fact]
    public async Task Metadata_carries_no_data()
    {
        await Api.ApplyAsync(Api.Secrets + "/a", "one", Secret("a"));

        var list = (await Api.GetAsync(Api.Secrets, AsMetadataList)).Expect(200);
        list.Kind.ShouldBe("meta.k8s.io/v1/PartialObjectMetadataList");
        list.Version.ShouldNotBeEmpty();
        list.Items[0]["data"].ShouldBeNull();
        list.Items[0]["metadata"]!["managedFields"]!.AsArray().Count.ShouldBe(1);

        var one = (await Api.GetAsync(Api.Secrets + "/a", AsMetadata)).Expect(200);
        one.Kind.ShouldBe("meta.k8s.io/v1/PartialObjectMetadata");
        one["data"].ShouldBeNull();
        one.Metadata.ShouldBeJson((await Api.GetAsync(Api.Secrets + "/a")).Metadata.ToJsonString());
    }

    [Fact]
    public async Task The_first_form_that_can_be_had_is_given()
    {
        await Api.PostAsync(Api.Secrets, Secret("a"));
        (await Api.GetAsync(Api.Secrets, $"{AsMetadataList},{Json}")).Expect(200).Kind.ShouldBe("meta.k8s.io/v1/PartialObjectMetadataList");
        (await Api.GetAsync(Api.Secrets, $"application/nothing,{Json}")).Expect(200).Kind.ShouldBe("v1/SecretList");
        (await Api.GetAsync(Api.Secrets, "application/nothing")).Expect(406, "NotAcceptable");
    }

    [Fact]
    public async Task A_list_is_not_asked_for_as_one_nor_one_as_a_list()
    {
        await Api.PostAsync(Api.Secrets, Secret("a"));
        (await Api.GetAsync(Api.Secrets, AsMetadata)).Expect(406, "NotAcceptable");
        (await Api.GetAsync(Api.Secrets + "/a", AsMetadataList)).Expect(406, "NotAcceptable");
    }

    [Fact]
    public async Task An_error_is_a_Status_whatever_was_asked_for()
    {
        (await Api.GetAsync(Api.Secrets + "/absent", AsMetadata)).Expect(404).Kind.ShouldBe("v1/Status");
        (await Api.GetAsync(Api.Secrets + "/absent", AsTable)).Expect(404).Kind.ShouldBe("v1/Status");
    }

    [Fact]
    public async Task Our_definitions_columns_are_those_of_the_table()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        await Api.ApplyAsync(Api.Sessions + "/a/status", "operator", SessionStatus("a", """
            {"accessKeyId":"AKIA","expiresAt":"2026-01-01T01:00:00Z","renewAt":"2026-01-01T00:40:00Z",
             "conditions":[{"type":"Ready","status":"True","reason":"Issued","message":"m","lastTransitionTime":"2026-01-01T00:00:00Z"}]}
            """), force: true);

        var table = (await Api.GetAsync(Api.Sessions, AsTable)).Expect(200);

        table.Kind.ShouldBe("meta.k8s.io/v1/Table");
        var columns = table["columnDefinitions"]!.AsArray();
        columns.Select(column => column!["name"]!.ToString()).ShouldBe(["Name", "Ready", "Reason", "Bucket", "Prefix", "Expires", "Renews", "Role", "AccessKey", "Grant", "Age"]);
        columns.Where(column => column!["priority"]!.GetValue<int>() > 0).Select(column => column!["name"]!.ToString()).ShouldBe(["Role", "AccessKey", "Grant"]);
        columns[^1]!["type"]!.ToString().ShouldBe("date");
        var row = table["rows"]![0]!;
        row["cells"]!.AsArray().SkipLast(1).Select(cell => cell?.ToString()).ShouldBe(
            ["a", "True", "Issued", "team-a-landing", null, "2026-01-01T01:00:00Z", "2026-01-01T00:40:00Z", "arn:aws:iam::123456789012:role/uploads", "AKIA", null]);
        row["cells"]!.AsArray()[^1]!.ToString().ShouldMatch(@"^\d+s$");
        row["object"]!["kind"]!.ToString().ShouldBe("PartialObjectMetadata");
    }

    [Theory]
    [InlineData("None", null)]
    [InlineData("Metadata", "PartialObjectMetadata")]
    [InlineData("Object", "Secret")]
    public async Task A_row_carries_as_much_of_its_object_as_asked(string include, string? kind)
    {
        await Api.PostAsync(Api.Secrets, Secret("a"));
        var table = (await Api.GetAsync($"{Api.Secrets}?includeObject={include}", AsTable)).Expect(200);
        table["rows"]![0]!["cells"]!.AsArray().SkipLast(1).Select(cell => cell!.ToString()).ShouldBe(["a", "Opaque", "1"]);
        table["rows"]![0]!["object"]?["kind"]?.ToString().ShouldBe(kind);
    }

    [Theory]
    [InlineData("secrets", "v1", "Name,Type,Data,Age")]
    [InlineData("configmaps", "v1", "Name,Data,Age")]
    [InlineData("leases", "coordination.k8s.io/v1", "Name,Holder,Age")]
    [InlineData("events", "v1", "Last Seen,Type,Reason,Object,Subobject,Source,Message,First Seen,Count,Name")]
    [InlineData("events", "events.k8s.io/v1", "Last Seen,Type,Reason,Object,Subobject,Source,Message,First Seen,Count,Name")]
    public async Task Built_in_kinds_have_the_columns_that_kubectl_users_know(string resource, string groupVersion, string columns)
    {
        var table = (await Api.GetAsync(Api.In(resource, groupVersion) + "?labelSelector=none", AsTable)).Expect(200);
        string.Join(",", table["columnDefinitions"]!.AsArray().Select(column => column!["name"]!.ToString())).ShouldBe(columns);
        table["rows"]!.AsArray().ShouldBeEmpty();
    }
}

public sealed class EmbeddedRepresentationTests(EmbeddedServer server) : RepresentationTests(server);

public sealed class EnvtestRepresentationTests(EnvtestServer server) : RepresentationTests(server);
