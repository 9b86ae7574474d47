using System.Globalization;
using System.Text.Json.Nodes;

namespace TestServers.Running;

/// <summary>A Prometheus that scrapes one process every second.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private PrometheusServer(ServerProcess process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address };
    }

    /// <summary>Starts one, or skips the test where there is none.</summary>
    /// <param name="folder">What it keeps, and its log.</param>
    /// <param name="target">The process to scrape.</param>
    /// <param name="paths">Where its metrics are.</param>
    public static async Task<PrometheusServer> StartAsync(string folder, Uri target, params string[] paths)
    {
        Tools.Require(Tools.Has("prometheus"), "Prometheus: prometheus is not on the PATH (apt-get install prometheus)");
        var jobs = paths.Select(path => $$"""{ job_name: "{{path}}", metrics_path: "{{path}}", honor_labels: true, static_configs: [{ targets: ["{{target.Authority}}"] }] }""");
        var configuration = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $"global: {{ scrape_interval: 1s }}\nscrape_configs: [{string.Join(", ", jobs)}]\n");
        var address = new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        string[] arguments = [$"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder, "tsdb")}", $"--web.listen-address={address.Authority}", "--log.level=warn"];
        var server = new PrometheusServer(ServerProcess.Start("prometheus", arguments, Path.Combine(folder, "prometheus.log")), address);
        await Eventually.HoldsAsync(server.IsReadyAsync, "Prometheus is ready");
        return server;
    }

    /// <summary>What an expression is now, each series by its labels.</summary>
    public async Task<IReadOnlyDictionary<string, double>> QueryAsync(string expression) =>
        (await ResultAsync("query", [new("query", expression)])).ToDictionary(Labels, series => Number(series!["value"]!));

    /// <summary>What an expression was in the last minute, second by second.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<double>>> QueryRangeAsync(string expression)
    {
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var result = await ResultAsync("query_range", [new("query", expression), new("start", $"{end - 60}"), new("end", $"{end}"), new("step", "1s")]);
        return result.ToDictionary(Labels, series => (IReadOnlyList<double>)[.. series!["values"]!.AsArray().Select(value => Number(value!))]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static string Labels(JsonNode? series) => series!["metric"]!.ToJsonString();

    private static double Number(JsonNode sample) => double.Parse(sample[1]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private async Task<JsonArray> ResultAsync(string what, IEnumerable<KeyValuePair<string, string>> query)
    {
        using var form = new FormUrlEncodedContent(query);
        using var response = await _http.PostAsync($"/api/v1/{what}", form);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["status"]!.GetValue<string>() == "success"
            ? answer["data"]!["result"]!.AsArray()
            : throw new InvalidOperationException($"{form}: {answer["error"]}");
    }

    private async Task<bool> IsReadyAsync()
    {
        _process.ThrowIfEnded();
        try
        {
            using var response = await _http.GetAsync("/-/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
