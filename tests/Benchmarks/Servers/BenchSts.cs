using System.Net.Http.Json;
using Benchmarks.Measuring;

namespace Benchmarks.Servers;

/// <summary>The STS stub, in a process of its own.</summary>
public sealed class BenchSts : IAsyncDisposable
{
    private readonly ChildProcess _process = ChildProcess.StartSelf([], StsHost.Verb);
    private readonly HttpClient _control = new();

    private BenchSts()
    {
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => _control.BaseAddress!;

    /// <summary>Its CPU and memory.</summary>
    public ProcessFigures Figures => _process.Figures;

    /// <summary>Starts it.</summary>
    public static async Task<BenchSts> StartAsync(CancellationToken cancellationToken)
    {
        var sts = new BenchSts();
        sts._control.BaseAddress = new Uri(await sts._process.ReadLineAsync(cancellationToken));
        return sts;
    }

    /// <summary>Orders how it answers from now on.</summary>
    public async Task BehaveAsync(StsBehaviour behaviour, CancellationToken cancellationToken)
    {
        using var answer = await _control.PutAsJsonAsync(StsHost.Control, behaviour, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What it has done.</summary>
    public async Task<StsCounts> CountAsync(CancellationToken cancellationToken) =>
        (await _control.GetFromJsonAsync<StsCounts>(StsHost.Control, cancellationToken))!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _control.Dispose();
    }
}
