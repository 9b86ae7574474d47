using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.Tests.KubernetesApi.Schemas;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("type: object\nproperties: { a: { type: string } }", """{"a":"x","b":{"c":1}}""", """{"a":"x"}""", "b")]
    [InlineData("type: object\nproperties: { a: { type: array, items: { type: object, properties: { k: { type: string } } } } }", """{"a":[{"k":"v"},{"z":1}]}""", """{"a":[{"k":"v"},{}]}""", "a[1].z")]
    [InlineData("type: object\nadditionalProperties: { type: object, properties: { k: { type: string } } }", """{"any":{"k":"v","z":1}}""", """{"any":{"k":"v"}}""", "any.z")]
    [InlineData("type: object\nx-kubernetes-preserve-unknown-fields: true", """{"any":{"z":1}}""", """{"any":{"z":1}}""", "")]
    public void Pruning_drops_and_names_what_is_unknown(string schema, string value, string result, string dropped)
    {
        var obj = (JsonObject)JsonNode.Parse(value)!;
        string.Join(",", Pruning.Prune(obj, Read(schema))).ShouldBe(dropped);
        obj.ToJsonString().ShouldBe(result);
    }

    [Theory]
    [InlineData("type: object\nproperties: { a: { type: string, default: x } }", "{}", """{"a":"x"}""")]
    [InlineData("type: object\nproperties: { a: { type: string, default: x } }", """{"a":null}""", """{"a":"x"}""")]
    [InlineData("type: object\nproperties: { a: { type: string, default: x, nullable: true } }", """{"a":null}""", """{"a":null}""")]
    [InlineData("type: object\nproperties: { a: { type: object, properties: { b: { type: integer, default: 1 } } } }", "{}", "{}")]
    [InlineData("type: object\nproperties: { a: { type: object, default: {}, properties: { b: { type: integer, default: 1 } } } }", "{}", """{"a":{"b":1}}""")]
    [InlineData("type: object\nproperties: { a: { type: array, items: { type: object, properties: { b: { type: integer, default: 1 } } } } }", """{"a":[{}]}""", """{"a":[{"b":1}]}""")]
    public void Defaulting_fills_in_what_is_absent(string schema, string value, string result)
    {
        var obj = (JsonObject)JsonNode.Parse(value)!;
        Defaulting.Apply(obj, Read(schema));
        obj.ToJsonString().ShouldBe(result);
    }

    [Theory]
    [InlineData("anyOf: [{ required: [a] }, { required: [b] }]", """{"b":1}""", true)]
    [InlineData("anyOf: [{ required: [a] }, { required: [b] }]", "{}", false)]
    [InlineData("oneOf: [{ required: [a] }, { required: [b] }]", """{"a":1,"b":1}""", false)]
    [InlineData("not: { required: [a] }", """{"a":1}""", false)]
    [InlineData("allOf: [{ required: [a] }]", """{"a":1}""", true)]
    public void Combinations_hold(string rule, string value, bool valid) =>
        (SchemaValidator.Validate((JsonObject)JsonNode.Parse(value)!, Read("type: object\nx-kubernetes-preserve-unknown-fields: true\n" + rule)).Count == 0).ShouldBe(valid);

    [Theory]
    [InlineData("2026-11-23T23:00:00Z", true)]
    [InlineData("2026-11-23T23:00:00.5+02:00", true)]
    [InlineData("2026-02-30T00:00:00Z", false)]
    [InlineData("2026-11-23 23:00:00Z", false)]
    [InlineData("2026-11-23", false)]
    public void Times_follow_their_rfc(string text, bool valid) => Times.IsRfc3339(text).ShouldBe(valid);

    private static Schema Read(string yaml) => SchemaReader.Read(YamlText.ParseObject(yaml));
}
