using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace TestServers.Kubernetes;

/// <summary>One request that went through the proxy.</summary>
public sealed record ProxiedRequest(string Method, string Path, string Query, string Accept)
{
    /// <summary>The status of the answer; 0 while there is none.</summary>
    public int Status { get; internal set; }

    public bool IsWatch => Query.Contains("watch=true", StringComparison.OrdinalIgnoreCase) || Query.Contains("watch=1", StringComparison.Ordinal);

    public bool IsLease => Path.Contains("/leases", StringComparison.Ordinal);

    public bool IsSecret => Path.Contains("/secrets", StringComparison.Ordinal);
}

/// <summary>
/// Stands between the operator and any API server: counts what is asked, and lets a test step in before a request is
/// passed on or after it took effect. So the same races are played on every server. Lists and watches of all namespaces
/// are narrowed to one, so that tests on one server do not see each other.
/// </summary>
public sealed class ApiProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _upstream;
    private readonly string _namespace;
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();
    private readonly ConcurrentDictionary<CancellationTokenSource, string> _watches = new();

    private ApiProxy(WebApplication app, HttpClient upstream, string ns) => (_app, _upstream, _namespace) = (app, upstream, ns);

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<ProxiedRequest> Requests => [.. _requests];

    /// <summary>Called before a request is passed on; an answer other than null is given instead of the server's.</summary>
    public Func<HttpRequest, Task<HttpStatusCode?>>? Before { get; set; }

    /// <summary>Called when the server has answered; an answer other than null is given instead.</summary>
    public Func<HttpRequest, int, Task<HttpStatusCode?>>? After { get; set; }

    public static async Task<ApiProxy> StartAsync(IApiServer server, string ns, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var proxy = new ApiProxy(app, new HttpClient(server.CreateHandler()) { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan }, ns);
        app.Run(proxy.PassAsync);
        await app.StartAsync(cancellationToken);
        return proxy;
    }

    public void Forget() => _requests.Clear();

    /// <summary>Ends the open watches of a namespace in order, as the API server does when their time is over.</summary>
    public void EndWatches(string ns) => EndWatches(path => path.Contains($"/namespaces/{ns}/", StringComparison.Ordinal));

    /// <summary>Ends the open watches of some paths.</summary>
    public void EndWatches(Func<string, bool> ofPath)
    {
        foreach (var (watch, path) in _watches)
        {
            if (!ofPath(path))
                continue;
            try
            {
                watch.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var instead = Before is { } before ? await before(context.Request) : null;
        if (instead is { } refused)
        {
            Record(context.Request).Status = (int)refused;
            context.Response.StatusCode = (int)refused;
            return;
        }

        using var forwarded = await ForwardAsync(context);
        // Before it takes effect: who sees the effect finds the request.
        var recorded = Record(context.Request);
        using var response = await _upstream.SendAsync(forwarded, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        instead = After is { } after ? await after(context.Request, (int)response.StatusCode) : null;
        context.Response.StatusCode = recorded.Status = (int)(instead ?? response.StatusCode);
        if (instead is null)
            await AnswerAsync(context, response, recorded);
    }

    private async Task<HttpRequestMessage> ForwardAsync(HttpContext context)
    {
        var request = context.Request;
        var forwarded = new HttpRequestMessage(new(request.Method), Narrowed(request.Path.ToUriComponent()) + request.QueryString);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted);
            forwarded.Content = new ByteArrayContent(body.ToArray());
            if (request.ContentType is { } type)
                forwarded.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var header in request.Headers)
        {
            if (header.Key is "Accept" or "Authorization" or "User-Agent")
                forwarded.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        }

        return forwarded;
    }

    private async Task AnswerAsync(HttpContext context, HttpResponseMessage response, ProxiedRequest recorded)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (recorded.IsWatch)
            _watches[end] = recorded.Path;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            // A watch without events has headers all the same.
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await response.Content.CopyToAsync(context.Response.Body, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // The end of the answer is the end of the watch.
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            context.Abort();
        }
        finally
        {
            _watches.TryRemove(end, out _);
        }
    }

    private string Narrowed(string path) => path is "/api/v1/secrets" or "/apis/uploadsession.io/v1alpha1/uploadsessions"
        ? path.Insert(path.LastIndexOf('/'), $"/namespaces/{_namespace}")
        : path;

    private ProxiedRequest Record(HttpRequest request)
    {
        var recorded = new ProxiedRequest(request.Method, request.Path, request.QueryString.Value ?? "", request.Headers.Accept.ToString());
        _requests.Enqueue(recorded);
        return recorded;
    }
}
