using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TestServers.Ceph;

/// <summary>
/// Stands between the operator and STS and keeps what was answered. It can also shorten lives: sessions ask for 15 minutes
/// at least, too long for a test that waits for rotations and expiry. The call is signed, so the relay changes that one
/// number and signs again with the caller's key, which the tests own. Operator and answer stay as they are.
/// </summary>
public sealed partial class StsRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _upstream;
    private readonly CephUser _caller;
    private readonly TimeSpan? _life;
    private readonly ConcurrentQueue<StsCall> _calls = new();

    private StsRelay(WebApplication app, HttpClient upstream, CephUser caller, TimeSpan? life) => (_app, _upstream, _caller, _life) = (app, upstream, caller, life);

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<StsCall> Calls => [.. _calls];

    /// <summary>Starts one.</summary>
    /// <param name="server">Where calls go.</param>
    /// <param name="caller">Whose calls they are.</param>
    /// <param name="life">The life to ask for instead, in whole seconds; null: as the operator asks.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<StsRelay> StartAsync(Uri server, CephUser caller, TimeSpan? life, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var relay = new StsRelay(app, new HttpClient { BaseAddress = server }, caller, life);
        app.Run(relay.PassAsync);
        await app.StartAsync(cancellationToken);
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (_life is { } life)
        {
            body = Duration().Replace(body, string.Create(CultureInfo.InvariantCulture, $"DurationSeconds={life.TotalSeconds:0}"));
            RequestSigner.Sign(context.Request, body, _caller.SecretAccessKey);
        }

        using var forwarded = Forward(context.Request, body);
        using var response = await _upstream.SendAsync(forwarded, context.RequestAborted);
        var answer = await response.Content.ReadAsStringAsync(context.RequestAborted);
        _calls.Enqueue(new((int)response.StatusCode, ExpirationIn(answer)));
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private static HttpRequestMessage Forward(HttpRequest request, string body)
    {
        var forwarded = new HttpRequestMessage(new(request.Method), request.Path + request.QueryString) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, values) in request.Headers.Where(header => header.Key is not ("Content-Length" or "Connection" or "Transfer-Encoding" or "Expect")))
        {
            if (!forwarded.Headers.TryAddWithoutValidation(name, values.ToArray()))
                forwarded.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return forwarded;
    }

    private static DateTimeOffset? ExpirationIn(string answer) =>
        XDocument.Parse(answer).Descendants().FirstOrDefault(element => element.Name.LocalName == "Expiration") is { } expiration
            ? (DateTimeOffset)expiration
            : null;

    [GeneratedRegex("DurationSeconds=[0-9]+")]
    private static partial Regex Duration();
}
