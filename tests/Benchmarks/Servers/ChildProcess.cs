using System.Diagnostics;
using Benchmarks.Measuring;

namespace Benchmarks.Servers;

/// <summary>A process of its own, whose CPU and memory are measured. It never outlives the benchmark, however that ends.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // The shell becomes the program, so that its id is the program's. A standard input that reads as ended says that the
    // benchmark is gone, killed or not.
    private const string Wrapper = """
        exec 3<&0
        { read -r _ <&3; kill -KILL $$; } >/dev/null 2>&1 &
        exec "$@" 3<&- </dev/null
        """;

    // Compiled well as soon as it has run thirty times: by default the runtime waits for a quiet tenth of a second, and then
    // compiles twice, which goes on for the first ten thousand requests.
    private static readonly Dictionary<string, string> CompiledSoon = new() { ["DOTNET_TC_CallCountingDelayMs"] = "0", ["DOTNET_TieredPGO"] = "0" };

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        _errors = process.StartInfo.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        Figures = new(process.Id);
    }

    /// <summary>Its CPU and memory; to be read while it runs.</summary>
    public ProcessFigures Figures { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a part of the benchmark, whose output is kept.</summary>
    /// <param name="prefix">What runs it, such as <c>taskset</c>.</param>
    /// <param name="arguments">Those of this executable.</param>
    public static ChildProcess StartSelf(IEnumerable<string> prefix, params string[] arguments) =>
        Start(Wrapper, [.. prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), .. arguments], CompiledSoon);

    /// <summary>Starts a program whose output goes into a file.</summary>
    public static ChildProcess Start(IEnumerable<string> command, IReadOnlyDictionary<string, string> environment, string log) =>
        Start($"{Wrapper} >'{log}' 2>&1", command, environment);

    /// <summary>The next line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It ended without.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[^1]} ended early: {await _errors}");

    /// <summary>Sends it a signal.</summary>
    /// <param name="name">Without SIG.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as Kubernetes does.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
            return;
        await SignalAsync("TERM");
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Grace, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private static ChildProcess Start(string script, IEnumerable<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException("no process was started"));
    }

    /// <summary>Nothing of the machine's own clusters and accounts reaches what is measured.</summary>
    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("UPLOAD_SESSION", StringComparison.Ordinal) || name is "KUBECONFIG" or "POD_NAMESPACE";
}
