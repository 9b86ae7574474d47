using Sandbox.Demo.Narration;

namespace Sandbox.Tests.Demo.Narration;

public sealed class NarratorTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Steps_are_numbered_and_marked()
    {
        var narrator = new Narrator(_output, colours: false);
        narrator.Step(true, "asked", "came back");
        narrator.Step(false, "asked again", "something else");
        narrator.Close();
        _output.ToString().ShouldBe("""
              1. ✓ asked                                                     came back
              2. ✗ asked again                                               something else

            FAILED 2. asked again: something else
            1 of 2 steps came out as they should.

            """);
        narrator.Failures.Count.ShouldBe(1);
    }

    [Fact]
    public void Colours_are_for_terminals_only()
    {
        new Narrator(_output, colours: false).Chapter("title");
        _output.ToString().ShouldNotContain('\e');
        new Narrator(_output, colours: true).Chapter("title");
        _output.ToString().ShouldContain("\e[1mtitle\e[0m");
    }

    [Fact]
    public void A_quote_keeps_its_lines_and_ends_without_blanks()
    {
        new Narrator(_output, colours: false).Quote("one\r\n\n  two\n\n");
        _output.ToString().ShouldBe("       one\n\n         two\n");
    }
}
