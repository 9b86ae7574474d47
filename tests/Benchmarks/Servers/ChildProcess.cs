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

    /// <summary>Starts a program whose output is kept.</summary>
    public static ChildProcess Start(IEnumerable<string> command) => Start(Wrapper, command, new Dictionary<string, string>());

    /// <summary>Starts a program whose output goes into a file.</summary>
    public static ChildProcess Start(IEnumerable<string> command, IReadOnlyDictionary<string, string> environment, string log) =>
        Start($"{Wrapper} >'{log}' 2>&1", command, environment);

    /// <summary>This executable, with other arguments.</summary>
    public static IEnumerable<string> Self(params string[] arguments) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), .. arguments];

    /// <summary>The next line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It ended without.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[^1]} ended early: {await _errors}");

    /// <summary>Asks it to end, as Kubernetes does.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
            return;
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
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
