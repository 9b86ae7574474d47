namespace Sandbox.Demo.Narration;

/// <summary>Tells the story in lines: chapters, what is shown, and numbered steps that came out as they should or did not.</summary>
/// <param name="output">Where to.</param>
/// <param name="colours">Whether to colour; only for terminals.</param>
public sealed class Narrator(TextWriter output, bool colours)
{
    private const int AskedWidth = 57;
    private readonly List<string> _failures = [];
    private int _steps;

    /// <summary>Steps so far.</summary>
    public int Steps => _steps;

    /// <summary>Steps that came out otherwise than they should, in words.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Begins a chapter.</summary>
    public void Chapter(string title)
    {
        output.WriteLine();
        output.WriteLine(Colour(title, Bold));
    }

    /// <summary>Says something in passing.</summary>
    public void Say(string text) => output.WriteLine($"     {text}");

    /// <summary>Shows a block of text as it is.</summary>
    public void Quote(string block)
    {
        foreach (var line in block.TrimEnd().Split('\n'))
            output.WriteLine(Colour($"       {line.TrimEnd('\r')}".TrimEnd(), Dim));
    }

    /// <summary>Tells one step.</summary>
    /// <param name="passed">Whether it came out as it should.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="cameBack">What came back.</param>
    public void Step(bool passed, string asked, string cameBack)
    {
        _steps++;
        if (!passed)
            _failures.Add($"{_steps}. {asked}: {cameBack}");
        var mark = passed ? Colour("✓", Green) : Colour("✗", Red);
        output.WriteLine($"{_steps,3}. {mark} {asked.PadRight(AskedWidth)} {cameBack}".TrimEnd());
    }

    /// <summary>The closing lines.</summary>
    public void Close()
    {
        output.WriteLine();
        foreach (var failure in _failures)
            output.WriteLine(Colour($"FAILED {failure}", Red));
        var line = $"{_steps - _failures.Count} of {_steps} steps came out as they should.";
        output.WriteLine(Colour(line, _failures.Count == 0 ? Green : Red));
    }

    private const string Bold = "1";
    private const string Dim = "2";
    private const string Red = "31";
    private const string Green = "32";

    private string Colour(string text, string code) => colours ? $"\e[{code}m{text}\e[0m" : text;
}
