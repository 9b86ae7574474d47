using System.CommandLine;
using UploadSessions.Operator.Cli;

const int UsageError = 2;

var root = new RootCommand("Hands out scoped, short-lived S3 upload credentials as Kubernetes resources.")
{
    RunCommand.Create(),
    RenderCommand.Create(),
    ExplainCommand.Create(),
    VersionCommand.Create(),
};

// An argument that begins with @ is an argument (a key may), not a file of more arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
// The operator has a patience of its own, longer than the two seconds of the command line: work under way ends first, and the lease goes back.
var result = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? UsageError : result;
