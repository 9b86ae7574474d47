using System.Diagnostics;
using Operator.Tests.Running;

namespace Operator.Tests.Telemetry;

/// <summary>What Prometheus scrapes, read by promtool: it parses strictly, and wants help, units and names as Prometheus has them.</summary>
public sealed class EmbeddedScrapeTests(EmbeddedServer server)
{
    [Theory]
    [InlineData("/metrics", "uploadsession_issuances_total{")]
    [InlineData("/metrics/sessions", "uploadsession_credentials_expiry_timestamp_seconds{")]
    public async Task Promtool_finds_nothing_to_say(string path, string awaited)
    {
        Tools.Require(Tools.Has("promtool"), "scrape: promtool is not on the PATH (apt-get install prometheus)");
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        using var http = new HttpClient { BaseAddress = await running.HttpAddressAsync() };

        var scraped = await Eventually.GetAsync(
            async () => await http.GetStringAsync(path) is var text && text.Contains(awaited, StringComparison.Ordinal) ? text : null,
            $"{awaited} is scraped");

        (await CheckAsync(scraped)).ShouldBe("");
    }

    private static async Task<string> CheckAsync(string metrics)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = Task.WhenAll(promtool.StandardError.ReadToEndAsync(), promtool.StandardOutput.ReadToEndAsync());
        await promtool.StandardInput.WriteAsync(metrics);
        promtool.StandardInput.Close();
        return string.Concat(await said);
    }
}
