using System.CommandLine;
using Microsoft.Extensions.Time.Testing;
using UploadSessions.Operator.Cli;

namespace Operator.Tests.Cli;

/// <summary>Runs a command with captured output, at noon of 1 November 2026.</summary>
internal static class CommandLine
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static (int Exit, string Output, string Error) Render(string yaml, params string[] arguments) =>
        Invoke(RenderCommand.Create(new FakeTimeProvider(Now), new StringReader(yaml)), ["-f", "-", .. arguments]);

    public static (int Exit, string Output, string Error) Explain(string yaml, params string[] arguments) =>
        Invoke(ExplainCommand.Create(new FakeTimeProvider(Now), new StringReader(yaml)), ["-f", "-", .. arguments]);

    public static (int Exit, string Output, string Error) Invoke(Command command, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
