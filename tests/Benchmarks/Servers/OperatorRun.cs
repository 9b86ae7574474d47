using Benchmarks.Measuring;
using Benchmarks.Scenarios;
using TestServers.Running;

namespace Benchmarks.Servers;

/// <summary>A running operator, with its defaults but for where its servers are and no limit of its own on STS.</summary>
public sealed class OperatorRun : IAsyncDisposable
{
    private const string StsRate = "10000";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(1);
    private readonly ChildProcess _process;
    private readonly string _log;
    private readonly HttpClient _health;

    private OperatorRun(ChildProcess process, string log, int port, DateTimeOffset started)
    {
        (_process, _log, Started) = (process, log, started);
        _health = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>When it was started.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>Its CPU and memory.</summary>
    public ProcessFigures Figures => _process.Figures;

    /// <summary>Starts it.</summary>
    public static OperatorRun Start(OperatorBuild build, BenchServer server, BenchSts sts, OperatorSettings settings)
    {
        var port = FreePorts.Take(1)[0];
        var log = server.Scratch("operator.log");
        string[] own = settings.Flags.Contains("--sts-rate") ? [] : ["--sts-rate", StsRate];
        var all = new Dictionary<string, string>(settings.Environment)
        {
            ["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "example",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["HOME"] = server.Scratch(""),
        };
        var started = TimeProvider.System.GetUtcNow();
        return new(
            ChildProcess.Start(
                [.. settings.Prefix, .. build.Command, "run", "--kubeconfig", server.Kubeconfig, "--sts-endpoint", sts.Address.ToString(), "--http-address", $"127.0.0.1:{port}", .. own, .. settings.Flags],
                all,
                log),
            log,
            port,
            started);
    }

    /// <summary>Waits until its caches are filled, and then until it has used next to no CPU for a second.</summary>
    /// <returns>When it fell quiet, to a tenth of a second.</returns>
    public async Task<DateTimeOffset> QuietAsync(CancellationToken cancellationToken)
    {
        const double LeastWork = 0.02;
        // A process that has not begun uses no CPU either.
        while (!await IsReadyAsync(cancellationToken))
        {
            ThrowIfEnded();
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        var (since, cpu) = (TimeProvider.System.GetUtcNow(), Figures.CpuSeconds);
        while (TimeProvider.System.GetUtcNow() - since < QuietFor)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
            ThrowIfEnded();
            if (Figures.CpuSeconds is var now && now - cpu > LeastWork)
                (since, cpu) = (TimeProvider.System.GetUtcNow(), now);
        }

        return since;
    }

    /// <summary>How often something stands in its log.</summary>
    public int LogLines(string text) => File.ReadLines(_log).Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Says with what last words it ended, if it did.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public void ThrowIfEnded()
    {
        if (_process.HasEnded)
            throw new InvalidOperationException($"the operator ended: {string.Join('\n', File.ReadLines(_log).TakeLast(5))}");
    }

    /// <summary>Ends it as Kubernetes does.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _health.Dispose();
        return _process.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _health.GetAsync("/readyz", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
