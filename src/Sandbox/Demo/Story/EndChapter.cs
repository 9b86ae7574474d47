using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Sandbox.Demo.Narration;
using Sandbox.Demo.Stage;
using Sandbox.Demo.Uploads;

namespace Sandbox.Demo.Story;

/// <summary>The session is given an end: its credentials die with it, and the Secret goes.</summary>
internal sealed class EndChapter(DemoStage stage, Narrator narrator)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        narrator.Chapter("The session is given an end");
        var end = WholeSecond(DemoStage.Time.GetUtcNow() + Ahead);
        stage.Aws.CredentialLifetime = DemoSession.CredentialLifetimePastEnd;
        await PatchAsync(DemoSession.EndPatch(end), cancellationToken);
        await stage.IssuedAsync(DemoSession.Name, Limit, cancellationToken);
        ShowDeny();

        var secret = await stage.Cluster.FindSecretAsync(DemoSession.Name, cancellationToken) ?? throw new StoryException("there is no Secret");
        using var s3 = S3Clients.FromSecret(secret);
        var before = await PutAsync(s3, cancellationToken);
        narrator.Step(before.IsAllowed, "PutObject before the end", before.ToString());
        await stage.Wait.UntilAsync(end, cancellationToken);
        var after = await PutAsync(s3, cancellationToken);
        narrator.Step(after.IsDeniedBySession, "PutObject after the end, with a minute left to live", after.ToString());
        await ShowGoneAsync(cancellationToken);
    }

    private async Task PatchAsync(string patch, CancellationToken cancellationToken)
    {
        if (stage.Kubectl is { } kubectl)
        {
            var answer = await kubectl.RunAsync(cancellationToken, "patch", "ups", DemoSession.Name, "--type", "merge", "--patch", patch);
            narrator.Step(answer.EndsWith("patched", StringComparison.Ordinal), $"kubectl patch ups {DemoSession.Name} --type merge --patch …", answer);
        }
        else
        {
            await stage.Cluster.PatchSessionAsync(DemoSession.Name, patch, cancellationToken);
            narrator.Step(true, "patch the UploadSession by HTTP", "patched");
        }

        narrator.Quote(patch);
    }

    private void ShowDeny()
    {
        var policy = stage.Aws.StsRequests[^1].Policy;
        var deny = JsonNode.Parse(policy ?? "{}")?["Statement"]?.AsArray().FirstOrDefault(statement => statement?["Effect"]?.GetValue<string>() == "Deny");
        narrator.Step(deny is not null, "credentials for the changed spec were issued at once", "the policy now has:");
        narrator.Quote(deny?.ToJsonString(new() { WriteIndented = true }) ?? "no Deny statement");
    }

    private async Task ShowGoneAsync(CancellationToken cancellationToken)
    {
        var gone = await stage.Wait.ForAsync(
            "the Secret is removed",
            Limit,
            async () => await stage.Cluster.FindSecretAsync(DemoSession.Name, cancellationToken) is null ? "NotFound" : null,
            cancellationToken);
        narrator.Step(true, $"read Secret {DemoSession.Namespace}/{DemoSession.Name}", gone);
        var ready = await stage.Wait.ForAsync(
            "the UploadSession says that it ended",
            Limit,
            async () => (await stage.SessionAsync(DemoSession.Name, cancellationToken)).Ready is ("False", "Ended") ? "Ready is False, reason Ended" : null,
            cancellationToken);
        narrator.Step(true, "read the UploadSession", ready);
        narrator.Quote(await stage.SessionTableAsync(cancellationToken));
    }

    private static Task<S3Outcome> PutAsync(AmazonS3Client s3, CancellationToken cancellationToken) => S3Outcome.OfAsync(() => s3.PutObjectAsync(
        new PutObjectRequest { BucketName = DemoSession.Bucket, Key = DemoSession.Prefix + "last.csv", ContentBody = "x" }, cancellationToken));

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() + 1);
}
