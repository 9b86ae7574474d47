using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Sandbox.Demo.Cluster;
using Sandbox.Demo.Narration;
using Sandbox.Demo.Stage;
using Sandbox.Demo.Uploads;

namespace Sandbox.Demo.Story;

/// <summary>The credentials are renewed under a running uploader; the old ones die.</summary>
internal sealed class RotationChapter(DemoStage stage, Narrator narrator)
{
    private const int Rotations = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        narrator.Chapter("The credentials are renewed while a workload uploads without a pause");
        var first = await stage.Cluster.FindSecretAsync(DemoSession.Name, cancellationToken) ?? throw new StoryException("there is no Secret");
        var begun = await stage.SessionAsync(DemoSession.Name, cancellationToken);

        var uploader = await UploadWhileRotatingAsync(begun, cancellationToken);
        var used = uploader.CredentialsUsed;
        narrator.Step(
            uploader.Failures.Count == 0 && uploader.Uploaded > 0 && used > Rotations,
            $"upload until the credentials were renewed {Rotations} times",
            $"{uploader.Uploaded} uploads with {used} sets of credentials, {uploader.Failures.Count} failed");
        foreach (var failure in uploader.Failures.Take(3))
            narrator.Say(failure);
        narrator.Quote(await stage.SessionTableAsync(cancellationToken));
        await UseExpiredAsync(first, begun.ExpiresAt, cancellationToken);
    }

    private async Task<ContinuousUploader> UploadWhileRotatingAsync(SessionView begun, CancellationToken cancellationToken)
    {
        var directory = stage.Scratch.Directory("mounted-secret");
        var mount = new MountedSecret(stage.Cluster, DemoSession.Name, directory, DemoStage.Time);
        if (!await mount.RefreshAsync(cancellationToken))
            throw new StoryException("there is no Secret");
        var credentials = new MountedCredentials(directory);
        using var s3 = S3Clients.Create(credentials, stage.Aws.S3.ToString(), DemoSession.Region);
        var uploader = new ContinuousUploader(s3, credentials, DemoStage.Time);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new[] { mount.RunAsync(stop.Token), uploader.RunAsync(stop.Token) };
        try
        {
            await RotatedAsync(begun, uploader, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return running.FirstOrDefault(task => task.IsFaulted)?.Exception?.InnerException is { } failure
            ? throw new StoryException($"the uploader ended: {failure.Message}")
            : uploader;
    }

    private async Task RotatedAsync(SessionView begun, ContinuousUploader uploader, CancellationToken cancellationToken)
    {
        var last = begun.AccessKeyId;
        await stage.Wait.ForAsync(
            $"the credentials are renewed {Rotations} times",
            Limit,
            async () =>
            {
                var session = await stage.SessionAsync(DemoSession.Name, cancellationToken);
                if (session.AccessKeyId != last)
                {
                    last = session.AccessKeyId;
                    narrator.Say($"renewed: the Secret now holds {last}, which lives until {session.ExpiresAt:HH:mm:ss} UTC");
                }

                return session.Rotations >= begun.Rotations + Rotations && uploader.CredentialsUsed > Rotations ? session : null;
            },
            cancellationToken);
    }

    private async Task UseExpiredAsync(JsonNode secret, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await stage.Wait.UntilAsync(expiresAt, cancellationToken);
        using var s3 = S3Clients.FromSecret(secret);
        var put = new PutObjectRequest { BucketName = DemoSession.Bucket, Key = DemoSession.Prefix + "late.csv", ContentBody = "x" };
        var outcome = await S3Outcome.OfAsync(() => s3.PutObjectAsync(put, cancellationToken));
        narrator.Step(outcome.Code == "ExpiredToken", "PutObject with the credentials from before the renewals", outcome.ToString());
    }
}
