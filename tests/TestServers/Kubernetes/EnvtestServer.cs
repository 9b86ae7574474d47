using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TestServers.Running;

namespace TestServers.Kubernetes;

/// <summary>A real etcd and kube-apiserver on loopback, with TLS, RBAC and ServiceAccount tokens.</summary>
public sealed class EnvtestServer : IApiServer, IAsyncLifetime
{
    private readonly EnvtestAssets _assets = new();
    private readonly string _scratch = Directory.CreateTempSubdirectory("envtest-").FullName;
    private readonly List<ServerProcess> _processes = [];

    public string Name => "kube-apiserver";

    public string? Missing => _assets.Missing;

    public bool EnforcesRbac => true;

    public bool CollectsGarbage => _assets.HasControllerManager;

    public Uri Address { get; private set; } = new("https://127.0.0.1");

    public X509Certificate2 Authority { get; private set; } = null!;

    public string AdminToken { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What it names as <c>iss</c> in the tokens of ServiceAccounts.</summary>
    public Uri Issuer { get; init; } = new("https://kubernetes.default.svc");

    public HttpMessageHandler CreateHandler() => TrustingHandler.Of(Authority);

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        Authority = WriteCertificates();
        await File.WriteAllTextAsync(Scratch("tokens.csv"), $"{AdminToken},admin,admin,system:masters\n");
        var ports = FreePorts.Take(3);
        var etcd = $"http://127.0.0.1:{ports[0]}";
        Start("etcd", $"--data-dir {Scratch("etcd")} --name t --unsafe-no-fsync --listen-client-urls {etcd} --advertise-client-urls {etcd} --listen-peer-urls http://127.0.0.1:{ports[1]}");
        Address = new($"https://127.0.0.1:{ports[2]}");
        Start("kube-apiserver", $"--etcd-servers {etcd} --bind-address 127.0.0.1 --advertise-address 127.0.0.1 --secure-port {Address.Port} --cert-dir {Scratch("certs")} --tls-cert-file {Scratch("server.crt")} --tls-private-key-file {Scratch("server.key")} --token-auth-file {Scratch("tokens.csv")} --service-account-issuer {Issuer.AbsoluteUri} --service-account-signing-key-file {Scratch("sa.key")} --service-account-key-file {Scratch("sa.key")} --authorization-mode RBAC --service-cluster-ip-range 10.0.0.0/24");
        await WaitUntilReadyAsync();
        if (_assets.HasControllerManager)
            await StartControllerManagerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
        Authority?.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    private async Task StartControllerManagerAsync()
    {
        await File.WriteAllTextAsync(Scratch("ca.crt"), Authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Scratch("kubeconfig"), Kubeconfig.Text(Address, AdminToken, Authority.ExportCertificatePem()));
        // "Kubernetes v1.20.2". Until 1.23 it also served on a port without authentication unless told not to; later ones do not know the flag.
        var version = await ShortCommand.RunAsync(_assets.Program("kube-controller-manager"), ["--version"], CancellationToken.None);
        var insecure = Version.Parse(version.Trim().Split('v', '-', '+')[1]) < new Version(1, 24) ? "--port 0 " : "";
        Start("kube-controller-manager", $"{insecure}--kubeconfig {Scratch("kubeconfig")} --use-service-account-credentials=false --leader-elect=false --secure-port 0 --service-account-private-key-file {Scratch("sa.key")} --root-ca-file {Scratch("ca.crt")} --controllers garbagecollector,namespace,serviceaccount");
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient(CreateHandler()) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        await Eventually.HoldsAsync(
            async () =>
            {
                _processes.ForEach(process => process.ThrowIfEnded());
                try
                {
                    return (await client.GetAsync("/readyz")).StatusCode == HttpStatusCode.OK;
                }
                catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
                {
                    return false;
                }
            },
            "kube-apiserver becomes ready",
            TimeSpan.FromSeconds(90));
    }

    private X509Certificate2 WriteCertificates()
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(-1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=test-ca", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = authorityRequest.CreateSelfSigned(from, from.AddDays(2));

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serverRequest = new CertificateRequest("CN=kube-apiserver", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        serverRequest.CertificateExtensions.Add(names.Build());
        using var server = serverRequest.Create(authority, from, from.AddDays(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Scratch("server.crt"), server.ExportCertificatePem());
        File.WriteAllText(Scratch("server.key"), serverKey.ExportPkcs8PrivateKeyPem());
        using var accounts = RSA.Create(2048);
        File.WriteAllText(Scratch("sa.key"), accounts.ExportRSAPrivateKeyPem());
        return authority;
    }

    private void Start(string program, string arguments) =>
        _processes.Add(ServerProcess.Start(_assets.Program(program), arguments.Split(' '), Scratch(program + ".log")));

    private string Scratch(string name) => Path.Combine(_scratch, name);
}
