using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;

namespace EndToEnd.Tests.Running;

/// <summary>A stage on Ceph: a folder of its own in the shared buckets. At its end, everything that anybody was told is searched for the keys that were issued.</summary>
public sealed class CephScene : Stage
{
    private readonly CephStore _store;
    private readonly StsRelay? _relay;
    private readonly HashSet<string> _sessions = [];
    private readonly HashSet<string> _secrets;

    private CephScene(OwnNamespace home, CephStore store, StsRelay? relay)
        : base(home)
    {
        (_store, _relay) = (store, relay);
        _secrets = [store.Server.Caller.SecretAccessKey];
    }

    /// <summary>Ends in a slash.</summary>
    public string Prefix => $"{Namespace}/";

    /// <summary>What STS was asked; only on a stage set with a relay.</summary>
    public StsRelay Sts => _relay ?? throw new InvalidOperationException("the stage was set without a relay");

    protected override ObjectStore Store =>
        new(_relay?.Address ?? _store.Server.Address, _store.Server.Address, _store.Server.Caller.AccessKeyId, _store.Server.Caller.SecretAccessKey);

    /// <summary>A stage whose operators talk to Ceph itself.</summary>
    public static async Task<CephScene> SetAsync(IApiServer server, CephStore store)
    {
        store.Server.Require();
        return new CephScene(await OwnNamespace.CreateAsync(server), store, null);
    }

    /// <summary>A stage whose operators talk to STS through a relay.</summary>
    /// <param name="server">The API server.</param>
    /// <param name="store">Ceph.</param>
    /// <param name="life">The life of credentials; null: as sessions ask.</param>
    public static async Task<CephScene> SetWithRelayAsync(IApiServer server, CephStore store, TimeSpan? life = null)
    {
        store.Server.Require();
        var home = await OwnNamespace.CreateAsync(server);
        return new CephScene(home, store, await StsRelay.StartAsync(store.Server.Address, store.Server.Caller, life, TestContext.Current.CancellationToken));
    }

    /// <summary>A spec that can be issued, for the folder of this stage.</summary>
    public JsonObject Spec(params string[] access)
    {
        var spec = new JsonObject { ["roleArn"] = _store.Wide.Arn, ["bucket"] = CephStore.Bucket, ["prefix"] = Prefix };
        if (access.Length > 0)
            spec["access"] = new JsonArray([.. access]);
        return spec;
    }

    public Task<JsonNode> CreateAsync(string name) => CreateAsync(name, Spec());

    public override Task<JsonNode> CreateAsync(string name, JsonObject spec)
    {
        _sessions.Add(name);
        return base.CreateAsync(name, spec);
    }

    public override async Task<JsonNode?> SecretAsync(string name)
    {
        var secret = await base.SecretAsync(name);
        if (secret is not null)
        {
            _secrets.Add(Data(secret, "AWS_SECRET_ACCESS_KEY"));
            _secrets.Add(Data(secret, "AWS_SESSION_TOKEN"));
        }

        return secret;
    }

    /// <summary>For clients with credentials of a Secret's files.</summary>
    public AmazonS3Config ClientConfig() => _store.ClientConfig();

    /// <summary>Uploads and tells what came of it.</summary>
    public static Task<string> PutAsync(AmazonS3Client client, string key, string bucket = CephStore.Bucket) => Attempt.TryAsync(() =>
        client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "x" }, TestContext.Current.CancellationToken));

    public override async ValueTask DisposeAsync()
    {
        var told = await ToldAsync();
        await base.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
        // Counted, not compared: a failure must not print what it is about.
        _secrets.Count(secret => told.Contains(secret, StringComparison.Ordinal) || told.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal))
            .ShouldBe(0, "secrets were told");
    }

    protected override void Configure(AmazonS3Config config) => _store.Configure(config);

    private async Task<string> ToldAsync()
    {
        var told = new StringBuilder(Output).Append(string.Concat(await Cluster.EventsAsync(Namespace)));
        foreach (var session in _sessions)
            told.Append(await Cluster.SessionAsync(Namespace, session));
        return told.ToString();
    }
}
