using System.Diagnostics;
using TestServers.Running;

namespace Sandbox.Tests.Demo;

/// <summary>However the demonstration is told to stop, nothing of it stays behind.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_to_stop_leaves_no_scratch_directory(string signal)
    {
        var temporary = Directory.CreateTempSubdirectory("signal-");
        try
        {
            using var sandbox = Start(temporary.FullName, signal);
            await Eventually.HoldsAsync(() => Task.FromResult(temporary.GetFiles("operator.log", SearchOption.AllDirectories).Length == 1), "the operator is started", TimeSpan.FromSeconds(60));

            await ShortCommand.RunAsync("kill", [$"-{signal}", $"{sandbox.Id}"], TestContext.Current.CancellationToken);
            await sandbox.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);

            temporary.GetDirectories("upload-session-sandbox-*").ShouldBeEmpty();
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    /// <summary>Tests that run under nohup hand down that SIGHUP is ignored.</summary>
    private static Process Start(string temporary, string signal)
    {
        var folder = AppContext.BaseDirectory;
        var start = new ProcessStartInfo(
            "env",
            [$"--default-signal={signal}", "dotnet", Path.Combine(folder, "upload-session-sandbox.dll"), "--operator", Path.Combine(folder, "upload-session-operator.dll")])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["TMPDIR"] = temporary;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
