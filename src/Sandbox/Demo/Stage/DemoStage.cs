using Sandbox.Aws;
using Sandbox.Demo.Cluster;
using Sandbox.KubernetesApi;

namespace Sandbox.Demo.Stage;

/// <summary>Everything that the story is played on: the Kubernetes API, AWS, the operator, and ways to ask them.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private readonly KubernetesApiServer _kubernetes;

    private DemoStage(ScratchDirectory scratch, KubernetesApiServer kubernetes, AwsServer aws, OperatorProcess operatorProcess, string kubeconfig)
    {
        (Scratch, _kubernetes, Aws, Operator, KubeconfigPath) = (scratch, kubernetes, aws, operatorProcess, kubeconfig);
        Cluster = new(new(kubernetes.BaseAddress, kubernetes.AdminToken, kubernetes.CertificateAuthority));
        Kubectl = Kubectl.Find(kubeconfig, scratch.Path);
    }

    /// <summary>The clock of everything.</summary>
    public static TimeProvider Time => TimeProvider.System;

    public ScratchDirectory Scratch { get; }

    public AwsServer Aws { get; }

    public OperatorProcess Operator { get; }

    public string KubeconfigPath { get; }

    public ClusterClient Cluster { get; }

    /// <summary>The machine's kubectl; null if there is none.</summary>
    public Kubectl? Kubectl { get; }

    public Uri KubernetesAddress => _kubernetes.BaseAddress;

    public Wait Wait { get; } = new(Time);

    /// <summary>Starts everything.</summary>
    public static async Task<DemoStage> SetAsync(string operatorPath, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var kubernetes = await KubernetesApiServer.StartAsync(
            new() { CustomResourceDefinitions = RepositoryFiles.CustomResourceDefinitions(), Tls = true, TimeProvider = Time }, cancellationToken);
        var aws = await AwsServer.StartAsync(
            new()
            {
                TimeProvider = Time,
                Roles = [new() { Arn = DemoSession.Role, PermissionPolicy = DemoSession.RolePolicy }],
                Buckets = [DemoSession.Bucket, DemoSession.OtherBucket],
                CredentialLifetime = DemoSession.CredentialLifetime,
            },
            cancellationToken);
        var kubeconfig = scratch.File("kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, kubernetes.AdminKubeconfig, cancellationToken);
        var launch = new OperatorLaunch
        {
            Path = operatorPath,
            Kubeconfig = kubeconfig,
            Sts = aws.Sts,
            S3 = aws.S3,
            AccessKeyId = aws.AccessKeyId,
            SecretAccessKey = aws.SecretAccessKey,
            Home = scratch.Directory("home"),
        };
        return new(scratch, kubernetes, aws, OperatorProcess.Start(launch, scratch.File("operator.log")), kubeconfig);
    }

    /// <summary>The story's session as it stands.</summary>
    /// <exception cref="StoryException">The operator has ended, or there is no such session.</exception>
    public async Task<SessionView> SessionAsync(string name, CancellationToken cancellationToken)
    {
        if (Operator.ExitCode is { } code)
            throw new StoryException($"the operator ended with exit code {code}");
        return new(await Cluster.FindSessionAsync(name, cancellationToken) ?? throw new StoryException($"there is no UploadSession {name}"));
    }

    /// <summary>Waits until credentials of the current spec are in force.</summary>
    public Task<SessionView> IssuedAsync(string name, TimeSpan limit, CancellationToken cancellationToken) => Wait.ForAsync(
        $"UploadSession {name} is Ready",
        limit,
        async () => await SessionAsync(name, cancellationToken) is { IsIssued: true } session ? session : null,
        cancellationToken);

    /// <summary>What <c>kubectl get ups</c> prints, by kubectl or by the same table over HTTP.</summary>
    public async Task<string> SessionTableAsync(CancellationToken cancellationToken) => Kubectl is { } kubectl
        ? await kubectl.RunAsync(cancellationToken, "get", "ups")
        : TableText.Of(await Cluster.SessionTableAsync(cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Operator.DisposeAsync();
        Cluster.Dispose();
        await Aws.DisposeAsync();
        await _kubernetes.DisposeAsync();
    }
}
