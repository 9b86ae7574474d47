using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ControllerRuntime.Connection;
using ControllerRuntime.Tests.Support;
using k8s;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ControllerRuntime.Tests.Connection;

public sealed class ApiConnectionTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly MetricsProbe _probe = new();
    private readonly LogProbe _log = new();

    public void Dispose()
    {
        _authority.Dispose();
        _probe.Dispose();
    }

    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public async Task The_right_name_from_the_right_authority_is_accepted(string certificateName, string host) =>
        (await ConnectAsync(_authority.Server(certificateName), host, _authority.Roots)).ShouldBeTrue();

    [Theory]
    [InlineData("other.example", "localhost")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.1")]
    public async Task A_wrong_name_is_refused(string certificateName, string host) =>
        (await ConnectAsync(_authority.Server(certificateName), host, _authority.Roots)).ShouldBeFalse();

    [Fact]
    public async Task A_wrong_authority_is_refused()
    {
        using var other = new TestAuthority();
        (await ConnectAsync(other.Server("localhost"), "localhost", _authority.Roots)).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_an_authority_the_system_decides_and_a_private_one_is_refused() =>
        (await ConnectAsync(_authority.Server("localhost"), "localhost", null)).ShouldBeFalse();

    [Fact]
    public async Task An_empty_list_of_authorities_trusts_nobody() =>
        (await ConnectAsync(_authority.Server("localhost"), "localhost", [])).ShouldBeFalse();

    [Fact]
    public async Task An_expired_certificate_is_refused() =>
        (await ConnectAsync(_authority.Server("localhost", -3, -2), "localhost", _authority.Roots)).ShouldBeFalse();

    [Fact]
    public async Task A_certificate_that_is_not_valid_yet_is_refused() =>
        (await ConnectAsync(_authority.Server("localhost", 1, 2), "localhost", _authority.Roots)).ShouldBeFalse();

    [Fact]
    public async Task A_certificate_that_was_not_made_for_servers_is_refused() =>
        (await ConnectAsync(_authority.Client("localhost"), "localhost", _authority.Roots)).ShouldBeFalse();

    [Fact]
    public async Task The_server_name_of_the_kubeconfig_is_what_is_verified()
    {
        using var certificate = _authority.Server("kubernetes.default.svc");
        (await ConnectAsync(certificate, "127.0.0.1", _authority.Roots, config => config.TlsServerName = "kubernetes.default.svc")).ShouldBeTrue();
        (await ConnectAsync(certificate, "127.0.0.1", _authority.Roots, config => config.TlsServerName = "kubernetes.other.svc")).ShouldBeFalse();
        using var plain = _authority.Server("127.0.0.1");
        (await ConnectAsync(plain, "127.0.0.1", _authority.Roots, config => config.TlsServerName = "kubernetes.default.svc")).ShouldBeFalse();
    }

    [Fact]
    public async Task Verification_is_skipped_only_where_the_kubeconfig_asks_for_it_and_that_is_told()
    {
        using var other = new TestAuthority();
        (await ConnectAsync(other.Server("other.example"), "localhost", null, config => config.SkipTlsVerify = true)).ShouldBeTrue();
        _log.Problems.Single().ShouldContain("insecure-skip-tls-verify");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_certificate_is_presented(bool asFiles)
    {
        using var certificate = _authority.Client("operator");
        var (pem, key) = (certificate.ExportCertificatePem(), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var folder = Directory.CreateTempSubdirectory();
        await using var server = await ServerAsync(_authority.Server("localhost"), askForClientCertificate: true);
        using var connection = Connect(server, "localhost", _authority.Roots, config =>
        {
            if (asFiles)
            {
                config.ClientCertificateFilePath = Path.Combine(folder.FullName, "tls.crt");
                config.ClientKeyFilePath = Path.Combine(folder.FullName, "tls.key");
                File.WriteAllText(config.ClientCertificateFilePath, pem);
                File.WriteAllText(config.ClientKeyFilePath, key);
            }
            else
            {
                config.ClientCertificateData = Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
                config.ClientCertificateKeyData = Convert.ToBase64String(Encoding.UTF8.GetBytes(key));
            }
        });
        folder.Delete(recursive: true);
        var answer = GetAsync(connection);
        var request = await server.NextAsync();
        request.ClientCertificate.ShouldBe("CN=operator");
        await request.AnswerAsync("{}");
        (await answer).Dispose();
    }

    [Fact]
    public async Task Http_2_is_spoken_where_the_server_does()
    {
        await using var server = await ServerAsync(_authority.Server("localhost"));
        using var connection = Connect(server, "localhost", _authority.Roots);
        var answer = GetAsync(connection);
        var request = await server.NextAsync();
        request.Protocol.ShouldBe("HTTP/2");
        await request.AnswerAsync("{}");
        (await answer).Dispose();
    }

    /// <summary>By a callback, since Kestrel itself would refuse some of the certificates that the client must refuse.</summary>
    private static Task<ScriptedServer> ServerAsync(X509Certificate2 certificate, bool askForClientCertificate = false) =>
        ScriptedServer.StartAsync(listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
                ClientCertificateRequired = askForClientCertificate,
                RemoteCertificateValidationCallback = (_, client, _, _) => client is not null || !askForClientCertificate,
            }),
        }));

    private static Task<HttpResponseMessage> GetAsync(ApiConnection connection) => connection.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, new Uri("/version", UriKind.Relative)), HttpCompletionOption.ResponseContentRead, TestContext.Current.CancellationToken);

    private ApiConnection Connect(ScriptedServer server, string host, X509Certificate2Collection? roots, Action<KubernetesClientConfiguration>? configure = null)
    {
        var config = new KubernetesClientConfiguration { Host = $"https://{host}:{server.Port}", SslCaCerts = roots };
        configure?.Invoke(config);
        return ApiConnection.Create(config, _log, _probe.Metrics);
    }

    /// <summary>Whether the client trusted the server; nothing but the trust may fail.</summary>
    private async Task<bool> ConnectAsync(X509Certificate2 certificate, string host, X509Certificate2Collection? roots, Action<KubernetesClientConfiguration>? configure = null)
    {
        await using var server = await ServerAsync(certificate);
        using var connection = Connect(server, host, roots, configure);
        var answer = GetAsync(connection);
        var request = server.NextAsync();
        if (await Task.WhenAny(answer, request) == request)
        {
            await (await request).AnswerAsync("{}");
            (await answer).Dispose();
            return true;
        }

        var failure = await Should.ThrowAsync<HttpRequestException>(answer);
        failure.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
        failure.InnerException.ShouldBeOfType<System.Security.Authentication.AuthenticationException>();
        server.HasRequest.ShouldBeFalse();
        return false;
    }
}
