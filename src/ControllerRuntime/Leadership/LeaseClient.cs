using System.Net;
using System.Net.Http.Json;
using ControllerRuntime.Connection;

namespace ControllerRuntime.Leadership;

/// <summary>Reads and writes one Lease; every write is conditional.</summary>
internal sealed class LeaseClient(ApiConnection connection, string @namespace, string name)
{
    private readonly string _collection = $"apis/coordination.k8s.io/v1/namespaces/{@namespace}/leases";

    /// <summary>The Lease; null where there is none.</summary>
    public Task<LeaseObject?> GetAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{_collection}/{name}", null, cancellationToken, HttpStatusCode.NotFound);

    /// <summary>Creates the Lease; null where it exists by now.</summary>
    public Task<LeaseObject?> CreateAsync(LeaseSpec spec, CancellationToken cancellationToken)
    {
        var lease = new LeaseObject { Metadata = new LeaseMetadata { Name = name, Namespace = @namespace }, Spec = spec };
        return SendAsync(HttpMethod.Post, _collection, lease, cancellationToken, HttpStatusCode.Conflict);
    }

    /// <summary>Replaces the Lease that was read; null where it has changed or gone since.</summary>
    public Task<LeaseObject?> UpdateAsync(LeaseObject lease, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"{_collection}/{name}", lease, cancellationToken, HttpStatusCode.Conflict, HttpStatusCode.NotFound);

    private async Task<LeaseObject?> SendAsync(HttpMethod method, string path, LeaseObject? body, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body, LeaseJson.Default.LeaseObject);
        using var response = await connection.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (expected.Contains(response.StatusCode)) return null;
        if (!response.IsSuccessStatusCode) throw await ApiException.FromAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync(LeaseJson.Default.LeaseObject, cancellationToken);
    }
}
