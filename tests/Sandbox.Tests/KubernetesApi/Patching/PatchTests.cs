using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.BuiltIns;
using Sandbox.KubernetesApi.Patching;

namespace Sandbox.Tests.KubernetesApi.Patching;

public sealed class PatchTests
{
    /// <summary>RFC 7396, appendix A.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""[1,2]""", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void A_merge_patch_follows_its_rfc(string target, string patch, string result) =>
        (MergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch))?.ToJsonString() ?? "null").ShouldBe(result);

    /// <summary>RFC 6902, appendix A.</summary>
    [Theory]
    [InlineData("""{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"foo":"bar","baz":"qux"}""")]
    [InlineData("""{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [InlineData("""{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc"]}]""", """{"foo":["bar",["abc"]]}""")]
    [InlineData("""{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [InlineData("""{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [InlineData("""{"foo":{"bar":"baz","waldo":"fred"},"qux":{}}""", """[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]""", """{"foo":{"bar":"baz"},"qux":{"thud":"fred"}}""")]
    [InlineData("""{"a/b":{"c~d":1}}""", """[{"op":"copy","from":"/a~1b/c~0d","path":"/e"},{"op":"test","path":"/e","value":1}]""", """{"a/b":{"c~d":1},"e":1}""")]
    public void A_json_patch_follows_its_rfc(string target, string patch, string result) =>
        JsonPatch.Apply((JsonObject)JsonNode.Parse(target)!, (JsonArray)JsonNode.Parse(patch)!).ToJsonString().ShouldBe(result);

    [Theory]
    [InlineData("""[{"op":"test","path":"/foo","value":"x"}]""")]
    [InlineData("""[{"op":"remove","path":"/nope"}]""")]
    [InlineData("""[{"op":"add","path":"/list/7","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/no/parent","value":1}]""")]
    [InlineData("""[{"op":"whirl","path":"/foo"}]""")]
    [InlineData("""[{"op":"remove"}]""")]
    public void A_json_patch_that_does_not_fit_fails_whole(string patch) =>
        Should.Throw<PatchException>(() => JsonPatch.Apply((JsonObject)JsonNode.Parse("""{"foo":"bar","list":[]}""")!, (JsonArray)JsonNode.Parse(patch)!));

    [Theory]
    [InlineData("""{"data":{"a":"1"}}""", """{"data":{"b":"2","a":null}}""", """{"data":{"b":"2"}}""")]
    [InlineData("""{"data":{"a":"1"}}""", """{"data":{"$patch":"replace","b":"2"}}""", """{"data":{"b":"2"}}""")]
    [InlineData("""{"data":{"a":"1"}}""", """{"data":{"$patch":"delete"}}""", """{}""")]
    [InlineData("""{"data":{"a":"1","b":"2"}}""", """{"data":{"$retainKeys":["b"]}}""", """{"data":{"b":"2"}}""")]
    [InlineData("""{"metadata":{"ownerReferences":[{"uid":"1","name":"a"}]}}""", """{"metadata":{"ownerReferences":[{"uid":"2","name":"b"},{"uid":"1","name":"c"}]}}""",
        """{"metadata":{"ownerReferences":[{"uid":"1","name":"c"},{"uid":"2","name":"b"}]}}""")]
    [InlineData("""{"metadata":{"ownerReferences":[{"uid":"1"},{"uid":"2"}]}}""", """{"metadata":{"ownerReferences":[{"$patch":"delete","uid":"1"}]}}""", """{"metadata":{"ownerReferences":[{"uid":"2"}]}}""")]
    [InlineData("""{"metadata":{"ownerReferences":[{"uid":"1"}]}}""", """{"metadata":{"ownerReferences":[{"$patch":"replace"},{"uid":"3"}]}}""", """{"metadata":{"ownerReferences":[{"uid":"3"}]}}""")]
    [InlineData("""{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["c","b"],"finalizers":["c"]}}""", """{"metadata":{"finalizers":["b","c"]}}""")]
    public void A_strategic_patch_merges_lists_by_their_key(string target, string patch, string result) =>
        StrategicMergePatch.Apply((JsonObject)JsonNode.Parse(target)!, (JsonObject)JsonNode.Parse(patch)!, KindSchemas.Read(SchemaTexts.Secret)).ToJsonString().ShouldBe(result);
}
