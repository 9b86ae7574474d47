using System.CommandLine;
using System.Globalization;
using UploadSessions.Policy;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli;

/// <summary><c>render</c>: the session policy of each UploadSession of a file, without a cluster and without AWS.</summary>
public static class RenderCommand
{
    private const int Invalid = 2;

    /// <summary>Creates the command. It ends with 0, or with 2 if anything in the file is invalid.</summary>
    /// <param name="time">What a lifetime counts from, and how long it is to the end; null: the system's clock.</param>
    /// <param name="standardInput">What <c>-f -</c> reads; null: the console's.</param>
    public static Command Create(TimeProvider? time = null, TextReader? standardInput = null)
    {
        var clock = time ?? TimeProvider.System;
        var options = new OfflineOptions();
        var command = new Command("render", "Print the session policy of each UploadSession in a file, its size, and the AWS CLI command that asks for the same.");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var configuration = parsed.InvocationConfiguration;
            var file = new SessionFile(options.File(parsed), standardInput ?? Console.In, configuration.Error, clock);
            return Run(file, options.Defaults(parsed), clock.GetUtcNow(), configuration);
        });
        return command;
    }

    private static int Run(SessionFile file, SpecDefaults defaults, DateTimeOffset now, InvocationConfiguration configuration)
    {
        if (file.Read(defaults) is not { } sessions)
            return Invalid;
        var result = 0;
        foreach (var session in sessions)
        {
            var policy = PolicyRenderer.Render(session.Terms);
            Print(session, policy, defaults, now, configuration.Output);
            if (!policy.IsTooLarge)
                continue;
            configuration.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{session.Line}: {session.Name}: the session policy has {policy.Json.Length} characters; STS accepts at most {SessionPolicy.MaxLength}: shorten the prefix or list fewer constraints"));
            result = Invalid;
        }

        return result;
    }

    private static void Print(CheckedSession session, SessionPolicy policy, SpecDefaults defaults, DateTimeOffset now, TextWriter output)
    {
        output.WriteLine($"# UploadSession {session.Name}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# Session policy, {policy.Json.Length:N0} of {SessionPolicy.MaxLength:N0} characters:"));
        output.WriteLine(policy.Json);
        output.WriteLine("# The same by hand:");
        output.WriteLine(AssumeRoleCommandLine.Write(session.Terms, policy, session.RoleSessionName, defaults.StsEndpoint, now));
        output.WriteLine();
    }
}
