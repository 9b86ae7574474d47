using System.Net.Http.Json;
using System.Text.Json;
using Benchmarks.Measuring;

namespace Benchmarks.Servers;

/// <summary>The sandbox's API server, in a process of its own.</summary>
public sealed class EmbeddedApi : BenchServer
{
    private readonly ChildProcess _process = ChildProcess.StartSelf([], EmbeddedApiHost.Verb);
    private readonly HttpClient _control = new();

    private EmbeddedApi()
    {
    }

    /// <inheritdoc/>
    public override string Name => "embedded";

    /// <inheritdoc/>
    public override ProcessFigures Figures => _process.Figures;

    /// <summary>Starts it.</summary>
    public static async Task<BenchServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new EmbeddedApi();
        var address = JsonSerializer.Deserialize<EmbeddedAddress>(await server._process.ReadLineAsync(cancellationToken))!;
        server._control.BaseAddress = address.Control;
        server.Connect(address.Api, address.Token, address.Authority);
        await server.InstallAsync(cancellationToken);
        return server;
    }

    /// <inheritdoc/>
    public override async Task<RequestCounts> CountAsync(CancellationToken cancellationToken) =>
        new((await _control.GetFromJsonAsync<Dictionary<string, long>>("/", cancellationToken))!);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _control.Dispose();
        await base.DisposeAsync();
    }
}
