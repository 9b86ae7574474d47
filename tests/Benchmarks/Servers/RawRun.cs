using System.Globalization;
using Benchmarks.Measuring;
using Benchmarks.Scenarios;

namespace Benchmarks.Servers;

/// <summary>A running <see cref="RawClient"/>.</summary>
public sealed class RawRun : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private RawRun(ChildProcess process) => _process = process;

    /// <summary>Its CPU and memory.</summary>
    public ProcessFigures Figures => _process.Figures;

    /// <summary>Starts it.</summary>
    /// <returns>Once it has listed the sessions, made every body, opened its watches and compiled what it will run.</returns>
    public static async Task<RawRun> StartAsync(BenchServer server, BenchSts sts, OperatorSettings settings, CancellationToken cancellationToken)
    {
        var process = ChildProcess.StartSelf(
            settings.Prefix, RawClient.Verb, "--kubeconfig", server.Kubeconfig, "--sts", sts.Address.ToString(), "--workers", settings.Workers.ToString(CultureInfo.InvariantCulture));
        await process.ReadLineAsync(cancellationToken);
        return new(process);
    }

    /// <summary>Has it send everything.</summary>
    public Task GoAsync() => _process.SignalAsync("HUP");

    /// <summary>Ends once every request is answered.</summary>
    public Task DoneAsync(CancellationToken cancellationToken) => _process.ReadLineAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
