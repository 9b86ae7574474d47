using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Servers;

/// <summary>The process of <see cref="BenchSts"/>: the stub, and beside it a page that orders its behaviour and counts its calls.</summary>
public static class StsHost
{
    /// <summary>The command that runs it.</summary>
    public const string Verb = "serve-sts";

    /// <summary>Where behaviour is put and counts are got.</summary>
    public const string Control = "/control";

    /// <summary>Serves until the process is ended.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var stub = new StsStub(TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var host = builder.Build();
        host.MapPost("/", stub.AnswerAsync);
        host.MapGet(Control, () => Results.Json(stub.Counts));
        host.MapPut(Control, (StsBehaviour behaviour) => stub.Behaviour = behaviour);
        await host.StartAsync(cancellationToken);
        Console.WriteLine(host.Urls.First());
        await host.WaitForShutdownAsync(cancellationToken);
    }
}
