using CsCheck;
using Sandbox.KubernetesApi.Apply;

namespace Sandbox.Tests.KubernetesApi.Apply;

public sealed class FieldSetTests
{
    private static readonly Gen<string[]> Paths = Gen.OneOf("a", "b", "c").Array[1, 3];

    private static readonly Gen<FieldSet> Sets = Paths.Array[0, 6].Select(paths => FieldSet.OfFields(paths));

    [Fact]
    public void Every_set_survives_its_json_form() =>
        Sets.Sample(set => FieldSetJson.Read(FieldSetJson.Write(set)).SameAs(set), iter: 1000);

    [Fact]
    public void Union_holds_the_paths_of_both() => Gen.Select(Sets, Sets).Sample((left, right) =>
        left.Union(right).Paths().Order().SequenceEqual(left.Paths().Union(right.Paths()).Order()), iter: 1000);

    [Fact]
    public void Intersection_holds_the_common_paths() => Gen.Select(Sets, Sets).Sample((left, right) =>
        left.Intersection(right).Paths().Order().SequenceEqual(left.Paths().Intersect(right.Paths()).Order()), iter: 1000);

    [Fact]
    public void Difference_holds_the_other_paths() => Gen.Select(Sets, Sets).Sample((left, right) =>
        left.Difference(right).Paths().Order().SequenceEqual(left.Paths().Except(right.Paths()).Order()), iter: 1000);

    [Fact]
    public void Trees_go_with_everything_inside() => Gen.Select(Sets, Sets).Sample((left, roots) =>
        left.WithoutTrees(roots).Paths().Order().SequenceEqual(
            left.Paths().Where(path => !roots.Paths().Any(root => path == root || path.StartsWith(root + ".", StringComparison.Ordinal))).Order()), iter: 1000);

    [Fact]
    public void Empty_is_told_by_having_no_path() => Sets.Sample(set => set.IsEmpty == !set.Paths().Any(), iter: 1000);

    [Theory]
    [InlineData("""{"f:status":{"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},"f:status":{}}}}}""", ".status.conditions[type=\"Ready\"],.status.conditions[type=\"Ready\"].status")]
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"x\"":{}},"f:labels":{"f:a.b/c":{}}}}""", ".metadata.finalizers[=\"x\"],.metadata.labels.a.b/c")]
    public void Paths_read_as_the_real_server_shows_them(string json, string paths)
    {
        var set = FieldSetJson.Read((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(json)!);
        string.Join(",", set.Paths()).ShouldBe(paths);
    }
}
