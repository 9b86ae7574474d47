using System.CommandLine;
using UploadSessions.Policy;

namespace UploadSessions.Operator.Cli;

/// <summary><c>explain</c>: would the session policy allow a request, and by which statement?</summary>
public static class ExplainCommand
{
    private const int Allowed = 0;
    private const int Denied = 1;
    private const int Invalid = 2;

    /// <summary>Creates the command. It ends with 0 if the request is allowed, 1 if it is denied, 2 if the input is invalid.</summary>
    /// <param name="time">The time of the request where none is given; null: the system's clock.</param>
    /// <param name="standardInput">What <c>-f -</c> reads; null: the console's.</param>
    public static Command Create(TimeProvider? time = null, TextReader? standardInput = null)
    {
        var clock = time ?? TimeProvider.System;
        var options = new ExplainOptions();
        var command = new Command("explain", "Tell whether the session policy of an UploadSession allows a request, and by which statement. What the role itself and the bucket's policy say is not considered.");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var configuration = parsed.InvocationConfiguration;
            var file = new SessionFile(options.Offline.File(parsed), standardInput ?? Console.In, configuration.Error, clock);
            if (file.Read(options.Offline.Defaults(parsed)) is not { } sessions || Choose(sessions, options.Session(parsed), file, configuration.Error) is not { } session)
                return Invalid;
            return Explain(session, options.Request(parsed, clock), configuration.Output);
        });
        return command;
    }

    private static CheckedSession? Choose(IReadOnlyList<CheckedSession> sessions, string? name, SessionFile file, TextWriter errors)
    {
        CheckedSession[] fitting = [.. sessions.Where(session => name is null || session.Name == name || session.Name.EndsWith($"/{name}", StringComparison.Ordinal))];
        if (fitting.Length == 1)
            return fitting[0];
        var (problem, choice) = (fitting.Length, name) switch
        {
            (0, _) => ($"has no session {name}", sessions),
            (_, null) => ("has several sessions: choose one with --session", sessions),
            _ => ($"has several sessions {name}: choose one with --session NAMESPACE/NAME", fitting),
        };
        errors.WriteLine($"{file.Name}:1: {problem}; there are {string.Join(", ", choice.Select(session => session.Name))}");
        return null;
    }

    private static int Explain(CheckedSession session, ExplainRequest wanted, TextWriter output)
    {
        var policy = PolicyDocument.Parse(PolicyRenderer.Render(session.Terms).Json);
        var request = wanted.On(session.Terms);
        var decision = PolicyEvaluator.Evaluate(policy, request);
        var allowed = decision.Verdict == PolicyVerdict.Allowed;
        output.WriteLine($"{(allowed ? "allowed" : "denied")}: {request.Action} on {request.Resource}");
        if (decision.StatementIndex is { } index)
            output.WriteLine($"by statement {index + 1} of {policy.Statements.Count}: {policy.Statements[index].Json}");
        else
            ExplainThatNoneAllows(policy, request, output);
        return allowed ? Allowed : Denied;
    }

    private static void ExplainThatNoneAllows(PolicyDocument policy, AccessRequest request, TextWriter output)
    {
        output.WriteLine($"since none of the {policy.Statements.Count} statements allows it");
        if (NearestStatement.Find(policy, request) is { } nearest)
            output.WriteLine($"statement {nearest.Number} of {policy.Statements.Count} would, but for {string.Join("\nand for ", nearest.Unmet)}");
    }
}
