using System.IO.Pipelines;
using System.Text;
using ControllerRuntime.Watching;

namespace ControllerRuntime.Tests.Watching;

/// <summary>Anybody may nest an object of theirs as deeply as the API server stores it; the objects of others must not suffer.</summary>
public sealed class DeepJsonTests
{
    private const int Deepest = 10_000;

    [Theory]
    [InlineData(60)]
    [InlineData(Deepest)]
    public async Task One_deep_object_does_not_hide_the_others_of_a_list(int depth)
    {
        var list = Wire.List(10, "", Wire.Thing("a", 1), Nested(depth), Wire.Thing("b", 3));
        var page = await new ListPageReader<Thing>(ThingJson.Default.Thing).ReadAsync(PipeReader.Create(new(Encoding.UTF8.GetBytes(list))), TestContext.Current.CancellationToken);
        page.Items.Select(thing => thing.Metadata.Name).ShouldBe(["a", "deep", "b"]);
        page.Unreadable.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(60)]
    [InlineData(Deepest)]
    public void An_event_of_a_deep_object_does_not_end_the_watch(int depth) => WatchLine
        .Parse(new(Encoding.UTF8.GetBytes(Wire.Event("MODIFIED", Nested(depth)))), ThingJson.Default.Thing).Item!.Metadata.Name.ShouldBe("deep");

    private static string Nested(int depth) => Wire.Thing("deep", 2).Replace(
        "\"labels\"",
        $"\"managedFields\":[{{\"fieldsV1\":{string.Concat(Enumerable.Repeat("{\"f:a\":", depth))}{{}}{new string('}', depth)}}}],\"labels\"",
        StringComparison.Ordinal);
}
