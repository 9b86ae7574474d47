using System.Text.Json;
using System.Text.Json.Nodes;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Resources;

public sealed class SpecComparerTests
{
    private const string Full = """
        {
          "roleArn": "arn:aws:iam::123456789012:role/upload", "bucket": "landing", "prefix": "exports/", "access": ["Upload", "Tag"],
          "kmsKeyArn": "arn:aws:kms:eu-central-1:123456789012:key/1", "serviceAccountName": "uploader", "duration": "1h", "renewBefore": "10m",
          "constraints": { "sourceIps": ["192.0.2.0/24", "198.51.100.0/24"], "vpcEndpoints": ["vpce-1"], "requireTls": true },
          "endsAt": "2026-11-01T12:00:00Z", "lifetime": "8h", "suspend": true, "sessionTags": { "team": "a", "stage": "b" },
          "region": "eu-central-1", "secretName": "upload"
        }
        """;

    /// <summary>The paths of everything that a spec can say, each list and map item too.</summary>
    public static TheoryData<string> Paths { get; } = [.. Nodes(JsonNode.Parse(Full)!).Skip(1).Select(node => node.GetPath())];

    [Fact]
    public void The_full_spec_says_everything()
    {
        var spec = Parse(JsonNode.Parse(Full)!);
        typeof(UploadSessionSpec).GetProperties().ShouldAllBe(property => property.GetValue(spec) != null);
        typeof(SessionConstraints).GetProperties().ShouldAllBe(property => property.GetValue(spec.Constraints) != null);
    }

    [Fact]
    public void Specs_that_say_the_same_are_the_same()
    {
        SpecComparer.Same(Parse(JsonNode.Parse(Full)!), Parse(JsonNode.Parse(Full)!)).ShouldBeTrue();
        SpecComparer.Same(new(), new()).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Specs_that_differ_in_one_place_are_not_the_same(string path)
    {
        var (left, right) = (Parse(JsonNode.Parse(Full)!), Parse(Without(path)));
        SpecComparer.Same(left, right).ShouldBeFalse();
        SpecComparer.Same(right, left).ShouldBeFalse();
    }

    [Fact]
    public void Specs_that_differ_in_a_text_are_not_the_same()
    {
        foreach (var (from, to) in new[] { ("Tag", "Delete"), ("198.51.100.0", "203.0.113.0"), ("vpce-1", "vpce-2"), ("\"b\"", "\"c\""), ("stage", "phase"), ("landing", "other"), ("8h", "9h") })
            SpecComparer.Same(Parse(JsonNode.Parse(Full)!), Parse(JsonNode.Parse(Full.Replace(from, to, StringComparison.Ordinal))!)).ShouldBeFalse(from);
    }

    private static JsonNode Without(string path)
    {
        var spec = JsonNode.Parse(Full)!;
        var node = Nodes(spec).Single(node => node.GetPath() == path);
        if (node.Parent is JsonObject map)
            map.Remove(node.GetPropertyName());
        else
            node.Parent!.AsArray().RemoveAt(node.GetElementIndex());
        return spec;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(child => Nodes(child.Value!)).Prepend(node),
        JsonArray list => list.SelectMany(child => Nodes(child!)).Prepend(node),
        _ => [node],
    };

    private static UploadSessionSpec Parse(JsonNode spec) =>
        JsonSerializer.Deserialize(new JsonObject { ["spec"] = spec }, ResourceJson.Default.UploadSession)!.Spec;
}
