using System.Diagnostics;

namespace TestServers.Running;

/// <summary>The real kubectl, with a home of its own: nothing of the machine's is read or written.</summary>
public sealed class Kubectl : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kubectl-");

    public Kubectl(string kubeconfig) => File.WriteAllText(ConfigPath, kubeconfig);

    private string ConfigPath => Path.Combine(_home.FullName, "kubeconfig");

    /// <summary>Skips the test where there is no kubectl; on CI that is a failure.</summary>
    public static void Require() => Tools.Require(Tools.Has("kubectl"), "kubectl is not on the PATH");

    /// <summary>Runs a command that is to succeed, and returns what it printed.</summary>
    public async Task<string> RunAsync(string arguments, string? input = null)
    {
        var (code, output, error) = await TryAsync(arguments, input);
        Assert.True(code == 0, $"kubectl {arguments}: {output}{error}");
        return output;
    }

    public async Task<(int Code, string Output, string Error)> TryAsync(string arguments, string? input = null)
    {
        using var process = Start(arguments);
        using var limit = EndedInTime(process);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Starts a command that goes on, such as a watch.</summary>
    public Process Start(string arguments)
    {
        // Arguments are separated by single spaces and hold none.
        string[] all = ["--kubeconfig", ConfigPath, "--cache-dir", Path.Combine(_home.FullName, "cache"), .. arguments.Split(' ')];
        var start = new ProcessStartInfo("kubectl", all) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = _home.FullName;
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a command.</summary>
    public static async Task<(int Code, string Output, string Error)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Reading a pipe cannot be cancelled: the process is ended instead, and then there is no more to read.</summary>
    public static IDisposable EndedInTime(Process process)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        patience.Token.Register(process.Kill);
        return patience;
    }

    public void Dispose() => _home.Delete(recursive: true);
}
