using System.Text.Json.Nodes;

namespace Operator.Tests.Conformance;

internal static class JsonAssertions
{
    /// <summary>Equal whatever the order of fields: servers keep different ones.</summary>
    public static void ShouldBeJson(this JsonNode? actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue($"expected {expected}\nbut was {actual?.ToJsonString()}");
}
