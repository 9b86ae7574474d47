using System.Globalization;
using System.Text.RegularExpressions;
using Benchmarks.Measuring;
using TestServers.Kubernetes;

namespace Benchmarks.Servers;

/// <summary>A real etcd and kube-apiserver (<c>make envtest</c>).</summary>
public sealed partial class RealApi : BenchServer
{
    private readonly EnvtestServer _server = new();

    private RealApi()
    {
    }

    /// <inheritdoc/>
    public override string Name => "kube-apiserver";

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing => new EnvtestAssets().Missing;

    /// <summary>Starts it.</summary>
    public static async Task<BenchServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RealApi();
        await server._server.InitializeAsync();
        server.Connect(server._server.Address, server._server.AdminToken, server._server.Authority.ExportCertificatePem());
        await server.InstallAsync(cancellationToken);
        return server;
    }

    /// <summary>Reads <c>apiserver_request_total</c>; an apply is a patch there under a verb of its own. Watches are counted when they end.</summary>
    public override async Task<RequestCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        foreach (var line in (await Client.GetStringAsync("/metrics", cancellationToken)).Split('\n'))
        {
            if (!line.StartsWith("apiserver_request_total{", StringComparison.Ordinal))
                continue;
            var labels = Label().Matches(line).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            var verb = labels["verb"] switch { "APPLY" => "patch", "POST" => "create", "PUT" => "update", var other => other.ToLowerInvariant() };
            var kind = $"{verb} {labels["resource"]}{(labels["subresource"].Length > 0 ? "/" : "")}{labels["subresource"]}";
            counts[kind] = counts.GetValueOrDefault(kind) + (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        }

        return new(counts);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await base.DisposeAsync();
    }

    [GeneratedRegex("""([a-z_]+)="([^"]*)"[,}]""")]
    private static partial Regex Label();
}
