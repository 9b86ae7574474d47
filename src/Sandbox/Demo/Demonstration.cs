using Sandbox.Demo.Narration;
using Sandbox.Demo.Stage;
using Sandbox.Demo.Story;

namespace Sandbox.Demo;

/// <summary>Plays the whole story.</summary>
/// <param name="options">The command line.</param>
/// <param name="narrator">Tells it.</param>
/// <param name="interactive">Whether there is a terminal to stay up for.</param>
internal sealed class Demonstration(DemoOptions options, Narrator narrator, bool interactive)
{
    /// <summary>Plays it.</summary>
    /// <returns>0 if every step came out as it should, else 1.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var scratch = new ScratchDirectory(options.Keep);
        CleanEnvironment.ApplyToThisProcess(scratch.Directory("home"));
        DemoStage? stage = null;
        try
        {
            stage = await DemoStage.SetAsync(RepositoryFiles.OperatorPath(options.OperatorPath), scratch, cancellationToken);
            await PlayAsync(stage, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            narrator.Say("Stopped.");
        }
        finally
        {
            if (stage is not null)
                await stage.DisposeAsync();
            if (options.Keep)
                narrator.Say($"Kept: {scratch.Path}");
        }

        return Succeeded ? 0 : 1;
    }

    private bool Succeeded { get; set; }

    private async Task PlayAsync(DemoStage stage, CancellationToken cancellationToken)
    {
        Introduce(stage);
        try
        {
            await stage.Cluster.CreateNamespaceAsync(DemoSession.Namespace, cancellationToken);
            await new IssuanceChapter(stage, narrator).TellAsync(cancellationToken);
            await new PermissionsChapter(stage, narrator).TellAsync(cancellationToken);
            await new RotationChapter(stage, narrator).TellAsync(cancellationToken);
            await new EndChapter(stage, narrator).TellAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is StoryException or HttpRequestException or IOException)
        {
            narrator.Step(false, "go on with the story", failure.Message);
        }

        narrator.Close();
        Succeeded = narrator.Failures.Count == 0;
        if (!Succeeded)
            ShowLog(stage);
        else if (interactive && options.Wait)
            await new Playground(stage, narrator).OpenAsync(cancellationToken);
    }

    private void Introduce(DemoStage stage)
    {
        narrator.Chapter("Upload Session Operator: the sandbox");
        narrator.Say("A sandbox on loopback, for people and tests, never for production.");
        narrator.Say("Nothing of this machine's own AWS or Kubernetes configuration is used.");
        narrator.Quote($"""
            Kubernetes API   {stage.KubernetesAddress}
            STS              {stage.Aws.Sts}
            S3               {stage.Aws.S3}
            operator         a process of its own, as it ships
            kubectl          {(stage.Kubectl is null ? "not on the PATH: plain HTTP is used instead" : "the one on the PATH")}
            """);
    }

    private void ShowLog(DemoStage stage)
    {
        narrator.Chapter("The operator's last lines");
        narrator.Quote(stage.Operator.Tail);
    }
}
