using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using TestServers.Kubernetes;
using UploadSessions;

namespace TestServers.Running;

/// <summary>One test's stage: a namespace on an API server, and operators to start and stop. Which STS and S3 they use is the derived stage's.</summary>
public abstract class Stage(OwnNamespace home) : IAsyncDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("stage-").FullName;
    private readonly List<OperatorProcess> _operators = [];

    public ApiProxy Proxy => home.Proxy;

    public ClusterClient Cluster => home.Cluster;

    public string Namespace => home.Name;

    /// <summary>What the operators of this stage were installed with.</summary>
    public OperatorManifests Manifests => home.Manifests;

    /// <summary>As whom they run, on a server that enforces RBAC.</summary>
    public OperatorAccount Account => home.Account;

    /// <summary>Lets the operators use one ServiceAccount of the namespace, as docs/install does.</summary>
    public async Task GiveServiceAccountRightsAsync()
    {
        foreach (var manifest in OperatorManifests.ServiceAccounts(Manifests.Home, Namespace).Identity)
            await Cluster.ApplyAsync(manifest);
    }

    /// <summary>What every operator of this stage printed.</summary>
    public string Output => string.Concat(_operators.Select(started => started.Output));

    protected abstract ObjectStore Store { get; }

    public OperatorProcess StartOperator(params string[] more) => StartOperator(new Dictionary<string, string>(), more);

    public OperatorProcess StartOperator(IReadOnlyDictionary<string, string> environment, params string[] more) =>
        Start(Kubeconfig.Text(Proxy.Address, home.Token), environment, more);

    /// <summary>Starts an operator behind a proxy of its own.</summary>
    public OperatorProcess StartOperator(ApiProxy proxy, params string[] more) =>
        Start(Kubeconfig.Text(proxy.Address, home.Token), new Dictionary<string, string>(), more);

    /// <summary>Starts an operator that has its token from a credential plugin.</summary>
    public OperatorProcess StartWithPlugin()
    {
        var plugin = Path.Combine(_scratch, "plugin.sh");
        File.WriteAllText(plugin, $$"""echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"{{home.Token}}"} }'""");
        return Start(Kubeconfig.WithPlugin(Proxy.Address, plugin), new Dictionary<string, string>());
    }

    /// <summary>Starts an operator that reaches the API server past the proxy, over TLS.</summary>
    public OperatorProcess StartDirectly(EnvtestServer server) =>
        Start(Kubeconfig.Text(server.Address, home.Token, server.Authority.ExportCertificatePem()), new Dictionary<string, string>());

    /// <summary>Lets lists and watches of sessions fail until <see cref="ApiProxy.Before"/> is taken back; returns once the operator has told so.</summary>
    public async Task FailWatchOfSessionsAsync(OperatorProcess running)
    {
        static bool IsOfAllSessions(string path) => path == "/apis/uploadsession.io/v1alpha1/uploadsessions";
        var told = running.Output.Length;
        Proxy.Before = request => Task.FromResult<HttpStatusCode?>(IsOfAllSessions(request.Path.Value!) ? HttpStatusCode.ServiceUnavailable : null);
        await Eventually.HoldsAsync(
            () =>
            {
                // Again and again: one that was let pass may not have come about yet.
                Proxy.EndWatches(IsOfAllSessions);
                return Task.FromResult(running.Output[told..].Contains("503 ServiceUnavailable"));
            },
            "the operator tells that it may not watch sessions");
    }

    /// <summary>Waits until the operator has read a session by its name.</summary>
    public Task LookedForAsync(string name) => Eventually.HoldsAsync(
        () => Task.FromResult(Proxy.Requests.Any(request => request.Method == "GET" && request.Path.EndsWith($"/uploadsessions/{name}", StringComparison.Ordinal))),
        $"the operator looks for {name}");

    public virtual Task<JsonNode> CreateAsync(string name, JsonObject spec) => Cluster.CreateSessionAsync(Namespace, name, spec);

    public Task<JsonNode> PatchAsync(string name, string mergePatch) => Cluster.PatchSessionAsync(Namespace, name, mergePatch);

    public virtual Task<JsonNode?> SecretAsync(string name) => Cluster.SecretAsync(Namespace, name);

    /// <summary>Waits until the session's status passes; the last status is in the failure's message.</summary>
    public async Task<JsonNode> StatusAsync(string name, Func<JsonNode, bool> passes, string what, TimeSpan? within = null)
    {
        JsonNode? last = null;
        try
        {
            return await Eventually.GetAsync(
                async () =>
                {
                    last = (await Cluster.SessionAsync(Namespace, name))?["status"];
                    return last is not null && passes(last) ? last : null;
                },
                what,
                within);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{name}: not in time: {what}\nlast status: {last?.ToJsonString()}\noperator:\n{Output}");
        }
    }

    public Task<JsonNode> ReadyAsync(string name, string reason = "Issued", TimeSpan? within = null) =>
        StatusAsync(name, status => Condition(status, "Ready")?["reason"]?.GetValue<string>() == reason, $"Ready has reason {reason}", within);

    /// <summary>Gives a ready session an end a few seconds from now, and waits until its credentials know it.</summary>
    public async Task<JsonNode> EndSoonAsync(string name)
    {
        var end = Rfc3339.Format(TimeProvider.System.GetUtcNow().AddSeconds(15));
        var patched = await PatchAsync(name, $$"""{"spec":{ "endsAt":"{{end}}" } }""");
        var generation = patched["metadata"]!["generation"]!.GetValue<int>();
        return await StatusAsync(
            name,
            status => status["observedGeneration"]!.GetValue<int>() == generation && Condition(status, "Ready")!["reason"]!.GetValue<string>() == "Issued",
            "issued with an end");
    }

    public static JsonNode? Condition(JsonNode status, string type) =>
        status["conditions"]?.AsArray().FirstOrDefault(condition => condition!["type"]!.GetValue<string>() == type);

    public static string Data(JsonNode secret, string key) => Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"]![key]!.GetValue<string>()));

    /// <summary>An S3 client with the credentials of the Secret, as a pod would have it.</summary>
    public async Task<AmazonS3Client> ClientAsync(string secretName)
    {
        var secret = await SecretAsync(secretName) ?? throw new InvalidOperationException($"there is no Secret {secretName}");
        var config = new AmazonS3Config { ServiceURL = Data(secret, "AWS_ENDPOINT_URL_S3"), AuthenticationRegion = Data(secret, "AWS_REGION"), ForcePathStyle = true, MaxErrorRetry = 0 };
        Configure(config);
        return new AmazonS3Client(new SessionAWSCredentials(Data(secret, "AWS_ACCESS_KEY_ID"), Data(secret, "AWS_SECRET_ACCESS_KEY"), Data(secret, "AWS_SESSION_TOKEN")), config);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var started in _operators)
            await started.DisposeAsync();
        await home.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
        GC.SuppressFinalize(this);
    }

    private OperatorProcess Start(string kubeconfig, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        var path = Path.Combine(_scratch, $"kubeconfig-{_operators.Count}");
        File.WriteAllText(path, kubeconfig);
        var started = OperatorProcess.Start(
            ["run", .. more.Contains("--kubeconfig") ? Array.Empty<string>() : ["--kubeconfig", path], "--http-address", "127.0.0.1:0",
             .. more.Contains("--grants") ? Array.Empty<string>() : ["--grants", "disabled"],
             .. more.Contains("--leader-elect") ? Array.Empty<string>() : ["--leader-elect", "false"],
             "--sts-endpoint", Store.Sts.ToString(), "--s3-endpoint", Store.S3.ToString(), "--region", "us-east-1", .. more],
            environment.ContainsKey("AWS_ACCESS_KEY_ID") ? environment : WithIdentity(environment),
            _scratch);
        _operators.Add(started);
        return started;
    }

    private Dictionary<string, string> WithIdentity(IReadOnlyDictionary<string, string> environment) =>
        new(environment) { ["AWS_ACCESS_KEY_ID"] = Store.AccessKeyId, ["AWS_SECRET_ACCESS_KEY"] = Store.SecretAccessKey };

    /// <summary>What clients of this store need to be told.</summary>
    protected virtual void Configure(AmazonS3Config config)
    {
    }
}
