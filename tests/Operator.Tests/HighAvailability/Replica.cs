using System.Net;
using Operator.Tests.Running;

namespace Operator.Tests.HighAvailability;

/// <summary>One replica of the operator, with a proxy of its own before the API server: what it asks is told apart, and it can be cut off.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly List<DateTimeOffset> _writes = [];
    private volatile bool _cutOff;

    private Replica(ApiProxy proxy)
    {
        Proxy = proxy;
        proxy.Before = BeforeAsync;
    }

    public ApiProxy Proxy { get; }

    public OperatorProcess Process { get; private set; } = null!;

    /// <summary>When it wrote a Secret or a status, as its requests arrived.</summary>
    public IReadOnlyList<DateTimeOffset> Writes
    {
        get
        {
            lock (_writes)
                return [.. _writes];
        }
    }

    /// <summary>How often it listed sessions or Secrets.</summary>
    public int Lists => Proxy.Requests.Count(request => request is { Method: "GET", IsWatch: false } && (request.Path.EndsWith("/secrets", StringComparison.Ordinal) || request.Path.EndsWith("/uploadsessions", StringComparison.Ordinal)));

    /// <summary>Starts a replica and waits until its caches are filled.</summary>
    public static async Task<Replica> StartAsync(Scene scene, IApiServer server, TimeSpan lease)
    {
        var replica = new Replica(await ApiProxy.StartAsync(server, scene.Namespace, TestContext.Current.CancellationToken));
        replica.Process = scene.StartOperator(
            replica.Proxy,
            "--leader-elect", "true",
            "--leader-election-namespace", scene.Namespace,
            "--leader-election-lease-duration", $"{lease.TotalSeconds:0}s");
        using var http = new HttpClient { BaseAddress = await replica.Process.HttpAddressAsync() };
        await Eventually.HoldsAsync(async () => (await http.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK, "the replica is ready");
        return replica;
    }

    /// <summary>Whether it is the one that a Lease names.</summary>
    public bool IsHolder(string identity) => Process.Output.Contains(identity, StringComparison.Ordinal);

    /// <summary>From now on its requests get no answer, as behind a broken network; watches that are open stay silent.</summary>
    public void CutOff() => _cutOff = true;

    /// <summary>The process is the scene's.</summary>
    public ValueTask DisposeAsync() => Proxy.DisposeAsync();

    private async Task<HttpStatusCode?> BeforeAsync(Microsoft.AspNetCore.Http.HttpRequest request)
    {
        if (_cutOff)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, request.HttpContext.RequestAborted);
        if (request.Method == "PATCH")
        {
            lock (_writes)
                _writes.Add(TimeProvider.System.GetUtcNow());
        }

        return null;
    }
}
