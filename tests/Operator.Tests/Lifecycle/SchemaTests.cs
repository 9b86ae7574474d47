using System.Net;
using System.Text.Json.Nodes;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>What the API server itself refuses, because the schema can say it: no operator is needed.</summary>
public abstract class SchemaTests(IApiServer server)
{
    [Theory]
    [InlineData("access", """["Everything"]""", "spec.access")]
    [InlineData("duration", "\"soon\"", "spec.duration")]
    [InlineData("bucket", "7", "spec.bucket")]
    [InlineData("suspend", "\"yes\"", "spec.suspend")]
    [InlineData("endsAt", "\"tomorrow\"", "spec.endsAt")]
    public async Task A_spec_that_breaks_the_schema_is_refused_with_the_field(string field, string value, string named)
    {
        await using var scene = await Scene.SetAsync(server);
        var spec = Scene.Spec();
        spec[field] = JsonNode.Parse(value);

        var refused = await Should.ThrowAsync<ClusterException>(() => scene.CreateAsync("export", spec));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("roleArn")]
    [InlineData("bucket")]
    public async Task A_spec_without_a_required_field_is_refused(string field)
    {
        await using var scene = await Scene.SetAsync(server);
        var spec = Scene.Spec();
        spec.Remove(field);

        (await Should.ThrowAsync<ClusterException>(() => scene.CreateAsync("export", spec))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}

public sealed class EmbeddedSchemaTests(EmbeddedServer server) : SchemaTests(server);

public sealed class EnvtestSchemaTests(EnvtestServer server) : SchemaTests(server);
