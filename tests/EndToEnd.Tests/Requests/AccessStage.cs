using Amazon.S3;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Requests;

/// <summary>A session for every kind of access, on one prefix, and the places where their credentials are tried.</summary>
public sealed class AccessStage(EmbeddedServer server, CephStore store) : IAsyncLifetime
{
    private readonly Dictionary<string, AmazonS3Client> _clients = [];
    private readonly Dictionary<string, S3Place> _places = [];
    private CephScene? _scene;

    public CephStore Store => store;

    /// <summary>With the credentials of the session of that access.</summary>
    public AmazonS3Client Client(string access) => _clients[access];

    /// <summary>A place by its name, as <see cref="AccessTests.Outside"/> has them, or "prefix".</summary>
    public S3Place Place(string name) => _places[name];

    public async ValueTask InitializeAsync()
    {
        if (store.Server.Missing is not null)
            return;
        _scene = await CephScene.SetAsync(server, store);
        await PrepareAsync(_scene, TestContext.Current.CancellationToken);
        _scene.StartOperator();
        foreach (var access in AccessTests.Allowed.Keys)
            await _scene.CreateAsync(access.ToLowerInvariant(), _scene.Spec(access));
        foreach (var access in AccessTests.Allowed.Keys)
        {
            await _scene.ReadyAsync(access.ToLowerInvariant());
            _clients[access] = await _scene.ClientAsync(access.ToLowerInvariant());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        if (_scene is not null)
            await _scene.DisposeAsync();
    }

    private async Task PrepareAsync(CephScene scene, CancellationToken cancellationToken)
    {
        await S3Requests.PrepareAsync(store, cancellationToken);
        foreach (var (name, bucket, folder) in new[]
        {
            ("prefix", CephStore.Bucket, scene.Prefix),
            ("outside", CephStore.Bucket, $"outside-{scene.Prefix}"),
            ("sibling", CephStore.Bucket, $"{scene.Namespace}2/"),
            ("parent", CephStore.Bucket, scene.Namespace),
            ("other bucket", CephStore.OtherBucket, scene.Prefix),
        })
        {
            _places[name] = await S3Place.PrepareAsync(store, bucket, folder, cancellationToken);
        }
    }
}
