using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace TestServers.Running;

/// <summary>The operator as it ships: its own process, its own command line. Set OPERATOR_BINARY to run a published binary instead of the build beside the tests.</summary>
public sealed partial class OperatorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private OperatorProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
    }

    /// <summary>Everything it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static OperatorProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string home)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Environment.GetEnvironmentVariable("OPERATOR_BINARY") is { Length: > 0 } binary)
        {
            start.FileName = binary;
        }
        else
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "upload-session-operator.dll"));
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(name);
        start.Environment["HOME"] = home;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var running = new OperatorProcess(start);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Where it serves health and metrics, once it says so.</summary>
    public async Task<Uri> HttpAddressAsync() => new(await Eventually.GetAsync(
        () => Task.FromResult(ListeningAddress().Match(Output) is { Success: true } match ? match.Value : null),
        "the operator says where it listens"));

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    /// <summary>Ends it as Kubernetes does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await ExitAsync();
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("UPLOAD_SESSION", StringComparison.Ordinal) || name is "KUBECONFIG" or "POD_NAMESPACE";

    [GeneratedRegex(@"(?<=listening on: )http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex ListeningAddress();

    private void Append(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
