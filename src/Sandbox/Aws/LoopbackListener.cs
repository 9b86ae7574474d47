using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Sandbox.KubernetesApi.Http;

namespace Sandbox.Aws;

/// <summary>A Kestrel on a free port of 127.0.0.1 that answers nobody who came by another host name.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private const long MaxBody = 256L * 1024 * 1024;
    private readonly WebApplication _application;

    private LoopbackListener(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts listening.</summary>
    public static async Task<LoopbackListener> StartAsync(RequestDelegate handler, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        var application = builder.Build();
        application.Run(context => IsLoopback(context.Request.Host.Host) ? handler(context) : RefuseAsync(context));
        await application.StartAsync(cancellationToken);
        var addresses = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        return new(application, new Uri(addresses.Addresses.Single()));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    // A web page in a browser must not reach the sandbox through a name that resolves to loopback.
    private static bool IsLoopback(string host) => host is "127.0.0.1" or "localhost" or "[::1]";

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("The sandbox answers on loopback names only.\n");
    }
}
