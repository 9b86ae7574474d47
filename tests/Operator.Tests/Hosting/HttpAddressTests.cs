using System.Net;
using System.Net.Sockets;
using UploadSessions.Operator.Hosting;

namespace Operator.Tests.Hosting;

/// <summary>An address that cannot be had is an option to change: one line, and the exit code of one.</summary>
public sealed class HttpAddressTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await RefusesAsync($"{taken.LocalEndpoint}", "address already in use");
    }

    // RFC 5737: no host has it.
    [Fact]
    public Task An_address_of_no_interface_is_told() => RefusesAsync("192.0.2.1:8080", "not an address of this host");

    // Root may listen on every port: the words alone are tested.
    [Fact]
    public void A_port_of_the_privileged_is_told() =>
        HttpSocket.Problem(new SocketException((int)SocketError.AccessDenied)).ShouldBe("no permission to listen there");

    private static async Task RefusesAsync(string address, string problem)
    {
        var home = Directory.CreateTempSubdirectory("http-address-").FullName;
        try
        {
            var kubeconfig = Path.Combine(home, "kubeconfig");
            await File.WriteAllTextAsync(kubeconfig, Kubeconfig.Text(new Uri("http://127.0.0.1:1"), "t"), TestContext.Current.CancellationToken);
            await using var running = OperatorProcess.Start(["run", "--kubeconfig", kubeconfig, "--http-address", address, "--leader-elect", "false"], new Dictionary<string, string>(), home);
            (await running.ExitAsync()).ShouldBe(2);
            running.Output.Trim().ShouldBe($"upload-session-operator: --http-address (or $UPLOAD_SESSION_OPERATOR_HTTP_ADDRESS) is '{address}': {problem}");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
