using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Tables;

namespace Sandbox.Tests.KubernetesApi.Tables;

public sealed class TableTests
{
    private const string Sample = """{"spec":{"a.b":1,"list":["x","y"],"conditions":[{"type":"Old","status":"False"},{"type":"Ready","status":"True"}]}}""";

    [Theory]
    [InlineData(".spec.list[1]", "\"y\"")]
    [InlineData(".spec.list[*]", "\"x\",\"y\"")]
    [InlineData(".spec.a\\.b", "1")]
    [InlineData(".spec['a.b']", "1")]
    [InlineData(".spec.conditions[?(@.type==\"Ready\")].status", "\"True\"")]
    [InlineData(".spec.conditions[?(@.type=='Ready')].status", "\"True\"")]
    [InlineData(".spec.none.deeper", "")]
    [InlineData(".spec.list[9]", "")]
    public void A_path_finds_its_values(string path, string values) =>
        string.Join(",", JsonPath.Parse(path).Select(JsonNode.Parse(Sample)!).Select(value => value.ToJsonString())).ShouldBe(values);

    [Fact]
    public void What_is_no_simple_path_is_refused() => Should.Throw<FormatException>(() => JsonPath.Parse(".a[?(@.b)]"));

    /// <summary>The values of apimachinery's own table of HumanDuration.</summary>
    [Theory]
    [InlineData(1, "1s")]
    [InlineData(70, "70s")]
    [InlineData(190, "3m10s")]
    [InlineData(3000, "50m")]
    [InlineData(70 * 60, "70m")]
    [InlineData(47 * 3600, "47h")]
    [InlineData(49 * 3600, "2d1h")]
    [InlineData(((8 * 24) + 2) * 3600, "8d")]
    [InlineData(367 * 86400, "367d")]
    [InlineData(731 * 86400, "2y1d")]
    [InlineData(8 * 365 * 86400, "8y")]
    [InlineData(-5, "<invalid>")]
    public void Ages_are_coarser_the_older(long seconds, string text) => HumanDuration.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
}
