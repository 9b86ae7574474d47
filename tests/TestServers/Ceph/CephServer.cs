using TestServers.Running;

namespace TestServers.Ceph;

/// <summary>A real S3 and STS that enforces session policies: Ceph's RADOS Gateway from the distribution's packages, started for the tests and gone with them.</summary>
public sealed class CephServer : IAsyncLifetime
{
    private static readonly string[] Programs = ["ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly List<ServerProcess> _processes = [];
    private CephConfiguration? _configuration;

    /// <summary>May everything.</summary>
    public CephUser Admin { get; } = CephUser.New("admin");

    /// <summary>The operator's identity: may assume the roles that trust it, and nothing else.</summary>
    public CephUser Caller { get; } = CephUser.New("caller");

    /// <summary>Somebody else.</summary>
    public CephUser Stranger { get; } = CephUser.New("stranger");

    /// <summary>Of S3 and of STS.</summary>
    public Uri Address => new($"http://127.0.0.1:{_configuration!.GatewayPort}");

    /// <summary>Why it cannot be had here; null where it runs.</summary>
    public string? Missing { get; } = Array.TrueForAll(Programs, IsInstalled)
        ? null
        : "Ceph: apt-get install --no-install-recommends ceph-mon ceph-osd radosgw";

    /// <summary>Skips the test where Ceph is not installed; in CI it must be.</summary>
    public void Require()
    {
        if (Missing is null)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            await StartAsync(limit.Token);
        }
        catch (Exception exception)
        {
            var told = string.Join("\n\n", _processes.Select(process => process.LastWords));
            await DisposeAsync();
            throw new InvalidOperationException($"Ceph did not start: {exception.Message}\n{told}", exception);
        }
    }

    /// <summary>Makes a role.</summary>
    public async Task CreateRoleAsync(CephRole role, CancellationToken cancellationToken)
    {
        await AdministerAsync(["role", "create", $"--role-name={role.Name}", $"--assume-role-policy-doc={role.TrustPolicy}"], cancellationToken);
        await AdministerAsync(["role-policy", "put", $"--role-name={role.Name}", "--policy-name=permissions", $"--policy-doc={role.PermissionPolicy}"], cancellationToken);
    }

    /// <summary>Makes an issuer's tokens known.</summary>
    /// <param name="issuer">Their <c>iss</c>.</param>
    /// <param name="thumbprint">The SHA-1 of its certificate, in hexadecimal.</param>
    /// <param name="audience">Their <c>aud</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task CreateOidcProviderAsync(Uri issuer, string thumbprint, string audience, CancellationToken cancellationToken) =>
        OidcProviders.CreateAsync(Address, Admin, issuer, thumbprint, audience, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
        _processes.Clear();
        if (_configuration is not null && Directory.Exists(_configuration.Folder))
            Directory.Delete(_configuration.Folder, recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var ports = FreePorts.Take(2);
        _configuration = new(Directory.CreateTempSubdirectory("ceph-").FullName, ports[0], ports[1]);
        foreach (var folder in new[] { "mon", "osd", "run" })
            Directory.CreateDirectory(_configuration.At(folder));
        await File.WriteAllTextAsync(_configuration.At("ceph.conf"), _configuration.Text, cancellationToken);

        await StartMonitorAsync(_configuration, cancellationToken);
        await StartStoreAsync(cancellationToken);
        // The first command makes the zone, which two at once could not.
        await CreateUserAsync(Admin, ["--admin", "--caps=oidc-provider=*"], cancellationToken);
        Launch("radosgw", "-n", "client.rgw");
        await Task.WhenAll(
            CreateUserAsync(Caller, [], cancellationToken),
            CreateUserAsync(Stranger, [], cancellationToken),
            WaitForGatewayAsync(cancellationToken));
    }

    private async Task StartMonitorAsync(CephConfiguration configuration, CancellationToken cancellationToken)
    {
        var map = configuration.At("monmap");
        await RunAsync("monmaptool", ["--create", "--fsid", $"{configuration.Id}", "--addv", "a", configuration.Monitor, map], cancellationToken);
        await RunAsync("ceph-mon", ["-i", "a", "--mkfs", "--monmap", map], cancellationToken);
        Launch("ceph-mon", "-i", "a");
    }

    private async Task StartStoreAsync(CancellationToken cancellationToken)
    {
        var id = $"{Guid.NewGuid()}";
        // Waits for the monitor.
        await RunAsync("ceph", ["osd", "new", id, "0"], cancellationToken);
        await RunAsync("ceph-osd", ["-i", "0", "--mkfs", "--osd-uuid", id], cancellationToken);
        Launch("ceph-osd", "-i", "0");
    }

    private async Task CreateUserAsync(CephUser user, string[] more, CancellationToken cancellationToken) => await AdministerAsync(
        ["user", "create", $"--uid={user.Name}", $"--display-name={user.Name}", $"--access-key={user.AccessKeyId}", $"--secret-key={user.SecretAccessKey}", .. more],
        cancellationToken);

    private async Task WaitForGatewayAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        await Eventually.HoldsAsync(
            async () =>
            {
                _processes.ForEach(process => process.ThrowIfEnded());
                try
                {
                    return (await http.GetAsync(Address, cancellationToken)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the gateway answers");
    }

    private Task<string> AdministerAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) => RunAsync("radosgw-admin", arguments, cancellationToken);

    /// <summary>Runs a command of Ceph. It waits for daemons that are not up yet, so it is given up when one ends.</summary>
    private async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var command = ShortCommand.RunAsync(program, ["-c", _configuration!.At("ceph.conf"), .. arguments], either.Token);
        await Task.WhenAny([command, .. _processes.Select(process => process.EndedAsync(either.Token))]);
        if (!command.IsCompleted)
            await either.CancelAsync();
        try
        {
            return await command;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _processes.ForEach(process => process.ThrowIfEnded());
            throw;
        }
        finally
        {
            await either.CancelAsync();
        }
    }

    private void Launch(string daemon, params string[] identity)
    {
        var log = _configuration!.At($"{daemon}.log");
        _processes.Add(ServerProcess.Start(daemon, ["-f", "-c", _configuration.At("ceph.conf"), .. identity], log));
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
