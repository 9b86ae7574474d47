using Sandbox.Demo.Narration;
using Sandbox.Demo.Stage;

namespace Sandbox.Demo.Story;

/// <summary>After the story: a session of its own to play with, until Ctrl+C.</summary>
internal sealed class Playground(DemoStage stage, Narrator narrator)
{
    private static readonly TimeSpan CredentialLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        stage.Aws.CredentialLifetime = CredentialLifetime;
        await stage.Cluster.ApplySessionAsync(DemoSession.Playground, DemoSession.Manifest(DemoSession.Playground), cancellationToken);
        await stage.IssuedAsync(DemoSession.Playground, Limit, cancellationToken);
        Invite();
        await Task.Delay(Timeout.InfiniteTimeSpan, DemoStage.Time, cancellationToken);
    }

    private void Invite()
    {
        var kubectl = $"kubectl --kubeconfig {stage.KubeconfigPath}";
        narrator.Chapter("The sandbox stays up. Try it from another terminal:");
        narrator.Say($"A second UploadSession, {DemoSession.Namespace}/{DemoSession.Playground}, is yours; its credentials live {CredentialLifetime.TotalMinutes:0} minutes.");
        narrator.Quote($"""
            {kubectl} get ups -A -w
            {kubectl} -n {DemoSession.Namespace} describe ups {DemoSession.Playground}
            {kubectl} -n {DemoSession.Namespace} annotate --overwrite ups {DemoSession.Playground} uploadsession.io/renew-request=$(date +%s)
            {kubectl} -n {DemoSession.Namespace} delete secret {DemoSession.Playground}

            {kubectl} -n {DemoSession.Namespace} get secret {DemoSession.Playground} -o jsonpath='{"{.data.credentials}"}' | base64 -d > {stage.Scratch.File("aws-credentials")}
            AWS_SHARED_CREDENTIALS_FILE={stage.Scratch.File("aws-credentials")} aws --region {DemoSession.Region} --endpoint-url {stage.Aws.S3.ToString().TrimEnd('/')} s3 cp README.md s3://{DemoSession.Bucket}/{DemoSession.Prefix}README.md

            tail -f {stage.Scratch.File("operator.log")}
            """);
        narrator.Say("Ctrl+C ends everything and removes it.");
    }
}
