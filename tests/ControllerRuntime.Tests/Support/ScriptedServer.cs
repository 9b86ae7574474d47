using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime.Tests.Support;

/// <summary>A real HTTP server on loopback whose every answer the test gives: it takes the requests as they come in and answers each by hand.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Channel<ScriptedRequest> _requests = Channel.CreateUnbounded<ScriptedRequest>();
    private readonly Action<ListenOptions> _listen;
    private WebApplication _app;
    private int _port;

    private ScriptedServer(Action<ListenOptions> listen)
    {
        _listen = listen;
        _app = Build();
    }

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public int Port => _port;

    public static async Task<ScriptedServer> StartAsync(Action<ListenOptions>? listen = null)
    {
        var server = new ScriptedServer(listen ?? (static _ => { }));
        await server.RunAsync();
        return server;
    }

    /// <summary>Waits for the next request.</summary>
    public async Task<ScriptedRequest> NextAsync() => await _requests.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    /// <summary>Whether a request came in that was not taken yet.</summary>
    public bool HasRequest => _requests.Reader.Count > 0;

    /// <summary>Ends every connection and refuses new ones until <see cref="ComeBackAsync"/>.</summary>
    public async Task GoAwayAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Listens again on the same port.</summary>
    public Task ComeBackAsync()
    {
        _app = Build();
        return RunAsync();
    }

    public async ValueTask DisposeAsync() => await GoAwayAsync();

    private async Task RunAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _port = new Uri(_app.Urls.Single()).Port;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, _port, _listen);
            options.AddServerHeader = false;
        });
        var app = builder.Build();
        app.Run(HandleAsync);
        return app;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = new ScriptedRequest(context);
        await _requests.Writer.WriteAsync(request, context.RequestAborted);
        await request.Ended.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
