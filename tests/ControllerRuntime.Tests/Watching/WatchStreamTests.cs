using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ControllerRuntime.Watching;
using CsCheck;

namespace ControllerRuntime.Tests.Watching;

public sealed class WatchStreamTests
{
    private static readonly string Script = string.Concat(
        Wire.Event("ADDED", Wire.Thing("ä-€-😀", 1)),
        Wire.Bookmark(2),
        "\n\r\n".Replace("\r", "", StringComparison.Ordinal),
        Wire.Event("MODIFIED", Wire.Thing("bad", 3, "\"size\":[]")),
        Wire.Event("DELETED", Wire.Thing("c", 4, $"\"owner\":\"{new string('x', 5000)}\"")),
        Wire.Error(410, "Expired"));

    [Fact]
    public async Task However_a_stream_is_cut_into_pieces_it_says_the_same()
    {
        var whole = await ReadAsync([Script.Length]);
        whole.ShouldBe(["Added team/ä-€-😀 1", "Bookmark  2", "Modified team/bad 3 unreadable", "Deleted team/c 4", "Error 410 Expired"]);
        await Gen.Int[1, 700].Array[1, 40].SampleAsync(async pieces => (await ReadAsync(pieces)).ShouldBe(whole), iter: 200);
    }

    [Theory]
    [InlineData("""{"object":{"metadata":{"name":"a","resourceVersion":"1"}},"type":"ADDED"}""")]
    [InlineData("""{"x":[{"type":"DELETED"}],"type":"ADDED","object":{"spec":{"metadata":{"name":"b"}},"metadata":{"name":"a","resourceVersion":"1"}}}""")]
    [InlineData(""" { "type" : "ADDED" , "object" : { "metadata" : { "labels" : { "name" : "c" } , "name" : "a" , "resourceVersion" : "1" } } } """)]
    public void The_order_of_members_and_what_stands_beside_them_do_not_matter(string line)
    {
        var parsed = WatchLine.Parse(new(Encoding.UTF8.GetBytes(line)), ThingJson.Default.Thing);
        (parsed.Type, parsed.Item!.Metadata.Name, parsed.Item.Metadata.ResourceVersion).ShouldBe((WatchEventType.Added, "a", "1"));
    }

    [Theory]
    [InlineData(""" "size":"x" """)]
    [InlineData(""" "size":1e99 """)]
    [InlineData(""" "rank":{} """)]
    public void An_object_that_cannot_be_read_for_whatever_reason_is_known_by_its_key(string spec)
    {
        var parsed = WatchLine.Parse(new(Encoding.UTF8.GetBytes(Wire.Event("ADDED", Wire.Thing("bad", 3, spec)))), ThingJson.Default.Thing);
        (parsed.Item, parsed.Header.Key.Name).ShouldBe((null, "bad"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":"ADDED","object":null}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":""")]
    [InlineData("""{"type":"ERROR","object":{"code":"x"}}""")]
    public void What_is_no_event_is_refused(string line) =>
        Should.Throw<JsonException>(() => WatchLine.Parse(new(Encoding.UTF8.GetBytes(line)), ThingJson.Default.Thing));

    /// <summary>etcd takes 1.5 MiB by default, and JSON may be longer than what it stores.</summary>
    [Fact]
    public async Task An_object_as_large_as_any_cluster_keeps_is_read()
    {
        var owner = new string('x', 8 * 1024 * 1024);
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Wire.Event("ADDED", Wire.Thing("large", 1, $"\"owner\":\"{owner}\""))));
        var read = await WatchStream.ReadAsync(stream, ThingJson.Default.Thing, TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        read.Item!.Spec.Owner.ShouldBe(owner);
    }

    /// <summary>Whatever answers in the API server's place, the operator's memory has an end.</summary>
    [Fact]
    public async Task A_line_that_does_not_end_is_given_up()
    {
        await using var stream = new BlankStream("", 64 * 1024 * 1024);
        await Should.ThrowAsync<JsonException>(async () => await WatchStream.ReadAsync(stream, ThingJson.Default.Thing, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<List<string>> ReadAsync(int[] pieces)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var bytes = Encoding.UTF8.GetBytes(Script);
        var writing = Pieces.WriteAsync(pipe.Writer, bytes, pieces);
        var said = new List<string>();
        await foreach (var e in WatchStream.ReadAsync(pipe.Reader.AsStream(), ThingJson.Default.Thing, TestContext.Current.CancellationToken))
        {
            said.Add(e.Failure is { } failure ? $"{e.Type} {failure.StatusCode} {failure.Reason}"
                : e.Item is { } item ? $"{e.Type} {item.Key} {item.Metadata.ResourceVersion}"
                : $"{e.Type} {e.Header.Key} {e.Header.ResourceVersion}{(e.Type == WatchEventType.Bookmark ? "" : " unreadable")}");
        }

        await writing;
        return said;
    }
}
