using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;

namespace UploadSessions.Operator.Sts;

/// <summary>One pooled STS client for each region and endpoint in use: on the SDK's default credential chain, or without credentials for calls that nobody signs.</summary>
/// <param name="endpoint">The STS of all calls that name none; null: the regional one of AWS.</param>
public sealed class StsClients(Uri? endpoint) : IDisposable
{
    /// <summary>More than AWS has regions. Sessions may name any, also such that do not exist.</summary>
    private const int MostClients = 64;

    /// <summary>The SDK keeps each region it is asked for, for good, so there is a bound to those that it does not know by itself: new ones of AWS, and such as do not exist.</summary>
    private const int MostUnknownRegions = 256;
    private readonly HashSet<string> _knownRegions = [.. RegionEndpoint.EnumerableAllRegions.Select(region => region.SystemName)];
    private readonly HashSet<string> _unknownRegions = [];
    private readonly Lock _lock = new();
    private Dictionary<Target, Pooled> _clients = [];
    private long _turn;

    private readonly record struct Target(string Region, Uri? Endpoint, bool Signed);

    /// <summary>How long a connection may take. Unless set, enough for two packets that are lost on the way (RFC 6298: sent again after one second and after two more).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call may take, with the connection that it may need.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The client for a region, with the operator's identity.</summary>
    /// <param name="region">The region.</param>
    /// <param name="own">An STS other than the operator's; null: the operator's.</param>
    public IAmazonSecurityTokenService For(string region, Uri? own = null) => Client(new(region, own ?? endpoint, Signed: true));

    /// <summary>The client for AssumeRoleWithWebIdentity, which needs no identity of the operator's.</summary>
    /// <param name="region">The region.</param>
    /// <param name="own">An STS other than the operator's; null: the operator's.</param>
    public IAmazonSecurityTokenService Anonymous(string region, Uri? own = null) => Client(new(region, own ?? endpoint, Signed: false));

    /// <summary>What tells the STS of a call from others: its address where one was given, since no region leads elsewhere then, or else the region.</summary>
    /// <param name="region">The region.</param>
    /// <param name="own">An STS other than the operator's; null: the operator's.</param>
    public string NameOf(string region, Uri? own = null) => (own ?? endpoint)?.AbsoluteUri ?? region;

    /// <summary>Whether there can be a client for a region: false for one that the AWS SDK does not know, once sessions have named too many such.</summary>
    /// <param name="region">The region.</param>
    /// <param name="own">An STS other than the operator's; null: the operator's.</param>
    public bool CanServe(string region, Uri? own = null)
    {
        if ((own ?? endpoint) is not null || _knownRegions.Contains(region))
            return true;
        lock (_lock)
            return _unknownRegions.Contains(region) || (_unknownRegions.Count < MostUnknownRegions && _unknownRegions.Add(region));
    }

    /// <summary>Drops the clients, and with them the caller's credentials they hold. Calls under way end as they would.</summary>
    public void Forget()
    {
        lock (_lock)
            _clients = [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var pooled in _clients.Values)
                pooled.Client.Dispose();
            _clients = [];
        }
    }

    private AmazonSecurityTokenServiceClient Client(Target target)
    {
        lock (_lock)
        {
            if (!_clients.TryGetValue(target, out var pooled))
            {
                if (_clients.Count >= MostClients)
                    _clients.Remove(_clients.MinBy(client => client.Value.LastTurn).Key);
                pooled = new(target.Signed ? new(Configure(target)) : new(new AnonymousAWSCredentials(), Configure(target)));
                _clients[target] = pooled;
            }

            pooled.LastTurn = ++_turn;
            return pooled.Client;
        }
    }

    private AmazonSecurityTokenServiceConfig Configure(Target target)
    {
        var config = new AmazonSecurityTokenServiceConfig
        {
            // Retries are ours: they are spread over sessions and slow the shared token bucket down.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ConnectTimeout = ConnectTimeout,
            Timeout = RequestTimeout,
            // A redirect would take the request, with a ServiceAccount's token in its body, to a host that nobody named.
            AllowAutoRedirect = false,
            // A ServiceAccount's token goes where flags and grants say, and not where an environment variable of the SDK does.
            IgnoreConfiguredEndpointUrls = !target.Signed,
        };
        if (target.Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(target.Region);
        }
        else
        {
            config.ServiceURL = target.Endpoint.AbsoluteUri;
            config.AuthenticationRegion = target.Region;
        }

        return config;
    }

    private sealed record Pooled(AmazonSecurityTokenServiceClient Client)
    {
        public long LastTurn { get; set; }
    }
}
