using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;

namespace EndToEnd.Tests.Running;

/// <summary>A workload: reads the Secret's credentials.json before each upload, as a pod reads the file that is mounted, and uploads without end.</summary>
public sealed class Uploader : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly CephScene _scene;
    private readonly string _secret;
    private readonly string _folder;
    private readonly List<string> _failures = [];
    private readonly HashSet<string> _accessKeys = [];
    private Task _work = Task.CompletedTask;

    private Uploader(CephScene scene, string secret, string folder) => (_scene, _secret, _folder) = (scene, secret, folder);

    /// <summary>What was refused, with the credentials' identifier and expiry. Read it when the uploader has stopped.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Identifiers of the credentials that uploaded something. Read it when the uploader has stopped.</summary>
    public IReadOnlyCollection<string> AccessKeys => _accessKeys;

    public static Uploader Start(CephScene scene, string secret, string folder)
    {
        var uploader = new Uploader(scene, secret, folder);
        uploader._work = Task.Run(uploader.WorkAsync, CancellationToken.None);
        return uploader;
    }

    /// <summary>Finishes the upload under way.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        using var pace = new PeriodicTimer(Pace, TimeProvider.System);
        while (!_stop.IsCancellationRequested)
        {
            await UploadAsync();
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task UploadAsync()
    {
        var secret = await _scene.SecretAsync(_secret) ?? throw new InvalidOperationException("the Secret is gone");
        var credentials = JsonNode.Parse(Stage.Data(secret, "credentials.json"))!;
        var accessKey = Text(credentials, "AccessKeyId");
        using var client = new AmazonS3Client(
            new SessionAWSCredentials(accessKey, Text(credentials, "SecretAccessKey"), Text(credentials, "SessionToken")),
            _scene.ClientConfig());
        var answer = await CephScene.PutAsync(client, $"{_folder}{accessKey}");
        if (answer == "OK")
            _accessKeys.Add(accessKey);
        else
            _failures.Add($"{answer} at {TimeProvider.System.GetUtcNow():T} with {accessKey}, which expires at {Text(credentials, "Expiration")}");
    }

    private static string Text(JsonNode credentials, string name) => credentials[name]!.GetValue<string>();
}
