using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Benchmarks.Measuring;
using k8s;
using TestServers.Kubernetes;
using TestServers.Running;

namespace Benchmarks.Servers;

/// <summary>A Kubernetes API server to measure against, fresh and empty but for the CRDs.</summary>
public abstract class BenchServer : IAsyncDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("bench-").FullName;

    /// <summary>Embedded, or kube-apiserver.</summary>
    public abstract string Name { get; }

    /// <summary>Path of a kubeconfig of the administrator.</summary>
    public string Kubeconfig { get; private set; } = "";

    /// <summary>The same for a client.</summary>
    public KubernetesClientConfiguration Configuration => KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig);

    /// <summary>For the benchmark's own requests.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>CPU and memory of the server; null where it is not one process.</summary>
    public virtual ProcessFigures? Figures => null;

    /// <summary>A folder that goes with the server.</summary>
    public string Scratch(string name) => Path.Combine(_scratch, name);

    /// <summary>What the server has answered so far.</summary>
    public abstract Task<RequestCounts> CountAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await ValueTask.CompletedTask;
        Directory.Delete(_scratch, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>To be called once the server listens.</summary>
    protected void Connect(Uri address, string token, string authority)
    {
        Kubeconfig = Scratch("kubeconfig");
        File.WriteAllText(Kubeconfig, TestServers.Kubernetes.Kubeconfig.Text(address, token, authority));
        Client.Dispose();
        Client = new HttpClient(TrustingHandler.Of(X509Certificate2.CreateFromPem(authority))) { BaseAddress = address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Client.DefaultRequestVersion = new Version(2, 0);
    }

    /// <summary>Installs the CRDs and waits until they are served.</summary>
    protected async Task InstallAsync(CancellationToken cancellationToken)
    {
        foreach (var crd in Repository.Crds)
        {
            using var body = new StringContent(crd, new MediaTypeHeaderValue("application/yaml"));
            using var answer = await Client.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        await Eventually.HoldsAsync(
            async () => await IsServedAsync("uploadsessions", cancellationToken) && await IsServedAsync("uploadgrants", cancellationToken),
            "the CRDs are served");
    }

    private async Task<bool> IsServedAsync(string plural, CancellationToken cancellationToken)
    {
        using var answer = await Client.GetAsync($"/apis/uploadsession.io/v1alpha1/{plural}?limit=1", cancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
