using System.Diagnostics;
using Sandbox.Demo.Stage;

namespace Sandbox.Demo.Cluster;

/// <summary>The machine's own kubectl, with the sandbox's kubeconfig.</summary>
internal sealed class Kubectl
{
    private readonly string _program;
    private readonly string _kubeconfig;
    private readonly string _home;

    private Kubectl(string program, string kubeconfig, string home) => (_program, _kubeconfig, _home) = (program, kubeconfig, home);

    /// <summary>Finds it on the PATH; null if it is not there.</summary>
    public static Kubectl? Find(string kubeconfig, string home)
    {
        var name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return program is null ? null : new(program, kubeconfig, home);
    }

    /// <summary>Runs a command and gives what it printed.</summary>
    /// <exception cref="StoryException">It did not end with 0.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(_program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _home };
        foreach (var argument in new[] { "--kubeconfig", _kubeconfig, "--namespace", DemoSession.Namespace }.Concat(arguments))
            start.ArgumentList.Add(argument);
        CleanEnvironment.Apply(start.Environment, _home);
        using var process = Process.Start(start) ?? throw new StoryException("kubectl did not start");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? (await output).Trim() : throw new StoryException($"kubectl {arguments[0]} ended with {process.ExitCode}: {(await error).Trim()}");
    }
}
