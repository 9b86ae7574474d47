using System.Text.Json.Nodes;
using Sandbox.Aws.Sts;
using Sandbox.Demo.Cluster;
using Sandbox.Demo.Narration;
using Sandbox.Demo.Stage;

namespace Sandbox.Demo.Story;

/// <summary>An UploadSession is applied; the operator asks STS and writes the Secret.</summary>
internal sealed class IssuanceChapter(DemoStage stage, Narrator narrator)
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);
    private static readonly string[] ExpectedKeys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "credentials", "credentials.json", "config"];

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        narrator.Chapter("A team asks for upload credentials");
        await ApplyAsync(cancellationToken);
        await BecomeReadyAsync(cancellationToken);

        narrator.Chapter("The operator narrowed the role to what was asked, and wrote a Secret");
        ShowPolicy();
        await ShowSecretAsync(cancellationToken);
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var manifest = DemoSession.Manifest(DemoSession.Name);
        narrator.Quote(manifest);
        if (stage.Kubectl is { } kubectl)
        {
            var file = stage.Scratch.File("session.yaml");
            await File.WriteAllTextAsync(file, manifest, cancellationToken);
            var answer = await kubectl.RunAsync(cancellationToken, "apply", "-f", file);
            narrator.Step(answer.EndsWith("created", StringComparison.Ordinal), "kubectl apply -f session.yaml", answer);
        }
        else
        {
            await stage.Cluster.ApplySessionAsync(DemoSession.Name, manifest, cancellationToken);
            narrator.Step(true, "apply the UploadSession by HTTP (no kubectl found)", "applied");
        }
    }

    private async Task BecomeReadyAsync(CancellationToken cancellationToken)
    {
        var began = DemoStage.Time.GetTimestamp();
        await stage.IssuedAsync(DemoSession.Name, ReadyLimit, cancellationToken);
        narrator.Step(true, "wait for the UploadSession to be Ready", $"Ready, reason Issued, in {DemoStage.Time.GetElapsedTime(began).TotalSeconds:0.0} s");
        var table = await stage.SessionTableAsync(cancellationToken);
        narrator.Step(table.Contains(DemoSession.Name, StringComparison.Ordinal), stage.Kubectl is null ? "the table of UploadSessions" : "kubectl get ups", "");
        narrator.Quote(table);
    }

    private void ShowPolicy()
    {
        var request = stage.Aws.StsRequests.FirstOrDefault(each => each.Action == "AssumeRole") ?? throw new StoryException("STS was not asked");
        var passed = request is { Result: StsRequest.Ok, Policy: not null };
        narrator.Step(passed, "sts:AssumeRole, called by the operator", $"{request.Result}, with this session policy:");
        narrator.Quote(JsonNode.Parse(request.Policy ?? "null")?.ToJsonString(new() { WriteIndented = true }) ?? "no session policy");
        narrator.Say($"Role {request.RoleArn}, session name {request.SessionName}.");
        narrator.Say($"Asked for {request.Duration?.TotalMinutes:0} minutes; the sandbox gives {DemoSession.CredentialLifetime.TotalSeconds:0} seconds, so that you can watch.");
    }

    private async Task ShowSecretAsync(CancellationToken cancellationToken)
    {
        var secret = await stage.Cluster.FindSecretAsync(DemoSession.Name, cancellationToken) ?? throw new StoryException("there is no Secret");
        var keys = secret["data"]!.AsObject().Select(entry => entry.Key).ToHashSet();
        narrator.Step(ExpectedKeys.All(keys.Contains), $"read Secret {DemoSession.Namespace}/{DemoSession.Name}", $"{keys.Count} keys, values not shown:");
        narrator.Quote(SecretView.Redacted(secret));
    }
}
