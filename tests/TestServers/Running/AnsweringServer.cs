using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TestServers.Running;

/// <summary>Answers as it is told, by default every request the same, and keeps what was asked.</summary>
public sealed class AnsweringServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();

    private AnsweringServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<(string Path, byte[] Body)> Requests => [.. _requests];

    /// <param name="status">The HTTP status.</param>
    /// <param name="mediaType">Of the body.</param>
    /// <param name="body">The body.</param>
    /// <param name="location">Where a redirect leads.</param>
    public static Task<AnsweringServer> StartAsync(int status, string mediaType, string body, Uri? location = null) => StartAsync(async context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, mediaType);
        if (location is not null)
            context.Response.Headers.Location = location.AbsoluteUri;
        await context.Response.WriteAsync(body, context.RequestAborted);
    });

    /// <param name="answer">Answers a request, whose body is read by then.</param>
    public static async Task<AnsweringServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new AnsweringServer(app);
        app.Run(async context =>
        {
            await server.KeepAsync(context);
            await answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _requests.Enqueue((context.Request.Path, body.ToArray()));
    }
}
