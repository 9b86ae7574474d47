using Amazon;
using Amazon.SecurityToken;

namespace UploadSessions.Operator.Sts;

/// <summary>One pooled STS client for each region and endpoint, on the SDK's default credential chain.</summary>
/// <param name="endpoint">The STS of all calls that name none; null: the regional one of AWS.</param>
public sealed class StsClients(Uri? endpoint) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private Dictionary<(string Region, Uri? Endpoint), AmazonSecurityTokenServiceClient> _clients = [];

    /// <summary>The client for a region.</summary>
    /// <param name="region">The region.</param>
    /// <param name="own">An STS other than the operator's; null: the operator's.</param>
    public IAmazonSecurityTokenService For(string region, Uri? own = null)
    {
        var key = (Region: region, Endpoint: own ?? endpoint);
        lock (_lock)
        {
            if (!_clients.TryGetValue(key, out var client))
                _clients[key] = client = new(Configure(key.Region, key.Endpoint));
            return client;
        }
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
            foreach (var client in _clients.Values)
                client.Dispose();
            _clients = [];
        }
    }

    private static AmazonSecurityTokenServiceConfig Configure(string region, Uri? endpoint)
    {
        var config = new AmazonSecurityTokenServiceConfig
        {
            // Retries are ours: they are spread over sessions and slow the shared token bucket down.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            Timeout = RequestTimeout,
        };
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        return config;
    }
}
