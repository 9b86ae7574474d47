using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sandbox.KubernetesApi;

namespace Benchmarks.Servers;

/// <summary>The process of <see cref="EmbeddedApi"/>: the API, and beside it a page that counts its requests.</summary>
public static class EmbeddedApiHost
{
    /// <summary>The command that runs it.</summary>
    public const string Verb = "serve-api";

    /// <summary>Serves until the process is ended.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        // A watch may fall behind by as many changes as a cold start makes.
        await using var api = await KubernetesApiServer.StartAsync(new KubernetesApiOptions { WatchHistory = 400_000 }, cancellationToken);
        var counter = new RequestCounter(api.Requests);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var control = builder.Build();
        control.MapGet("/", () => Results.Json(counter.Count()));
        await control.StartAsync(cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(new EmbeddedAddress(api.BaseAddress, api.AdminToken, api.CertificateAuthority!, new Uri(control.Urls.First()))));
        await counter.KeepCountingAsync(cancellationToken);
    }

    /// <summary>Sums the log up, again and again: the log itself keeps only the last requests.</summary>
    private sealed class RequestCounter(RequestLog log)
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
        private readonly Lock _lock = new();
        private readonly Dictionary<string, long> _counts = [];

        public Dictionary<string, long> Count()
        {
            lock (_lock)
            {
                foreach (var logged in log.Drain())
                {
                    var info = logged.Request;
                    var kind = $"{info.Verb} {info.Resource}{(info.Subresource.Length > 0 ? "/" : "")}{info.Subresource}";
                    _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
                }

                return new(_counts);
            }
        }

        public async Task KeepCountingAsync(CancellationToken cancellationToken)
        {
            using var timer = new PeriodicTimer(Interval);
            while (await timer.WaitForNextTickAsync(cancellationToken))
                Count();
        }
    }
}

/// <summary>What the process tells of itself.</summary>
internal sealed record EmbeddedAddress(Uri Api, string Token, string Authority, Uri Control);
