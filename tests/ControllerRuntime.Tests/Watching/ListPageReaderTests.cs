using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ControllerRuntime.Watching;
using CsCheck;

namespace ControllerRuntime.Tests.Watching;

public sealed class ListPageReaderTests
{
    private static readonly string Script = Wire.List(
        42,
        "next+/=",
        Wire.Thing("ä-€-😀", 1),
        Wire.Thing("bad", 2, "\"size\":[]"),
        Wire.Thing("large", 3, $"\"owner\":\"{new string('x', 5000)}\""),
        "7",
        Wire.Thing("last", 4));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_a_page_is_cut_into_pieces_it_says_the_same()
    {
        var whole = await ReadAsync(Script, [Script.Length]);
        whole.ShouldBe("42 next+/=: team/ä-€-😀 1, team/large 3, team/last 4; team/bad, ");
        await Gen.Int[1, 700].Array[1, 40].SampleAsync(async pieces => (await ReadAsync(Script, pieces)).ShouldBe(whole), iter: 200);
    }

    [Theory]
    [InlineData("""{"items":[{"metadata":{"name":"a","resourceVersion":"1"}}],"metadata":{"continue":"c","resourceVersion":"9"}}""")]
    [InlineData(""" { "x" : [ { "items" : [ 1 ] } ] , "metadata" : { "selfLink" : { } , "resourceVersion" : "9" , "continue" : "c" } , "items" : [ { "metadata" : { "name" : "a" , "resourceVersion" : "1" } } ] } """)]
    public async Task The_order_of_members_and_what_stands_beside_them_do_not_matter(string page) => (await ReadAsync(page, [3])).ShouldBe("9 c: a 1; ");

    /// <summary>A list without objects is written so by servers in Go.</summary>
    [Fact]
    public async Task Null_is_no_objects() => (await ReadAsync("""{"metadata":{"resourceVersion":"9"},"items":null}""", [3])).ShouldBe("9 : ; ");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"metadata":{},"items":[]}""")]
    [InlineData("""{"metadata":{"resourceVersion":"9"},"items":[""")]
    [InlineData("""{"metadata":{"resourceVersion":"9"},"items":[{]}""")]
    [InlineData("""{"metadata":{"resourceVersion":"9"},"items":[]}}""")]
    public async Task What_is_no_list_is_refused(string page) => await Should.ThrowAsync<JsonException>(() => ReadAsync(page, [3]));

    /// <summary>500 objects of 1.5 MiB would be more than the memory of the operator.</summary>
    [Fact]
    public async Task Of_a_page_of_large_objects_no_more_than_one_is_held()
    {
        const int Size = 1024 * 1024;
        var annotation = $"\"annotations\":{{\"a\":\"{new string('x', Size)}\"}},\"labels\"";
        var objects = Enumerable.Range(1, 20).Select(i => Wire.Thing($"thing-{i}", i).Replace("\"labels\"", annotation, StringComparison.Ordinal));
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Wire.List(42, "", [.. objects])));
        var body = new MeasuredReader(PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024)));
        (await new ListPageReader<Thing>(ThingJson.Default.Thing).ReadAsync(body, Cancel)).Items.Count.ShouldBe(20);
        body.MostHeld.ShouldBeLessThan(2 * Size);
    }

    /// <summary>Whatever answers in the API server's place, the operator's memory has an end.</summary>
    [Fact]
    public async Task An_object_that_does_not_end_is_given_up()
    {
        await using var endless = new BlankStream("""{"metadata":{"resourceVersion":"9"},"items":[{""", 64 * 1024 * 1024);
        await Should.ThrowAsync<JsonException>(() => new ListPageReader<Thing>(ThingJson.Default.Thing).ReadAsync(PipeReader.Create(endless), Cancel));
        endless.Left.ShouldBeGreaterThan(0);
    }

    private static async Task<string> ReadAsync(string document, int[] pieces)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writing = Pieces.WriteAsync(pipe.Writer, Encoding.UTF8.GetBytes(document), pieces);
        var page = await new ListPageReader<Thing>(ThingJson.Default.Thing).ReadAsync(pipe.Reader, Cancel);
        await writing;
        return $"{page.ResourceVersion} {page.Continue}: {string.Join(", ", page.Items.Select(item => $"{item.Key} {item.Metadata.ResourceVersion}"))}; {string.Join(", ", page.Unreadable)}";
    }

    /// <summary>Tells how much had to be held at most.</summary>
    private sealed class MeasuredReader(PipeReader inner) : PipeReader
    {
        public long MostHeld { get; private set; }

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(cancellationToken);
            MostHeld = Math.Max(MostHeld, read.Buffer.Length);
            return read;
        }

        public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
