using System.CommandLine;
using UploadSessions.Operator.Hosting;

namespace UploadSessions.Operator.Cli;

/// <summary><c>version</c>.</summary>
public static class VersionCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(OperatorVersion.Current));
        return command;
    }
}
