using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>The real kubectl, with commands and options only that old ones (1.20) know too.</summary>
public abstract class KubectlTier(IApiServer server) : ConformanceTests(server)
{
    /// <summary>The manifest of the session <c>export</c>.</summary>
    protected const string Session = """
        apiVersion: uploadsession.io/v1alpha1
        kind: UploadSession
        metadata: { name: export }
        spec: { roleArn: "arn:aws:iam::123456789012:role/uploads", bucket: team-a-landing }
        """;

    /// <summary>How kubectl names it.</summary>
    protected const string Named = "uploadsession.uploadsession.io/export";

    private Kubectl? _kubectl;

    protected Kubectl Kubectl => _kubectl!;

    /// <summary>The same session with another bucket.</summary>
    protected string Changed { get; } = Session.Replace("team-a-landing", "team-b-landing", StringComparison.Ordinal);

    public override async ValueTask InitializeAsync()
    {
        Kubectl.Require();
        await base.InitializeAsync();
        _kubectl = new Kubectl(Kubeconfig.Text(Server.Address, Server.AdminToken, Server.Authority.ExportCertificatePem(), Api.Namespace));
    }

    public override async ValueTask DisposeAsync()
    {
        _kubectl?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<string> RunAsync(string arguments, string? input = null) => Kubectl.RunAsync(arguments, input);

    /// <summary>Writes the status that the operator would; kubectl wait passes over conditions of an older generation.</summary>
    protected async Task ReadyAsync() => (await Api.ApplyAsync(Api.Sessions + "/export/status", "operator", SessionStatus("export", """
        {"observedGeneration":1,"conditions":[{"type":"Ready","status":"True","reason":"Issued","message":"m","lastTransitionTime":"2026-01-01T00:00:00Z"}]}
        """), force: true)).Expect(200);
}
