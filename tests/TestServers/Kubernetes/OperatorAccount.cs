using System.Net;
using System.Text.Json.Nodes;
using TestServers.Running;

namespace TestServers.Kubernetes;

/// <summary>The operator's ServiceAccount on a server that enforces RBAC, and what it may do there as the server itself tells.</summary>
public sealed class OperatorAccount : IDisposable
{
    private readonly ClusterClient _own;

    private OperatorAccount(ClusterClient own, string token) => (_own, Token) = (own, token);

    /// <summary>Its bearer token.</summary>
    public string Token { get; }

    /// <summary>Applies a manifest's identity and rights, and waits until the API server has heard of all of them.</summary>
    public static async Task<OperatorAccount> InstallAsync(IApiServer server, ClusterClient cluster, OperatorManifests manifests)
    {
        foreach (var manifest in manifests.Identity)
            await cluster.ApplyAsync(manifest);
        var token = await cluster.TokenAsync(manifests.Home, manifests.ServiceAccount);
        var account = new OperatorAccount(new ClusterClient(server, token), token);
        foreach (var granted in manifests.Granted)
            await Eventually.HoldsAsync(() => account.MayAsync(granted, LeaseOf(granted)), $"the operator may {granted}");
        return account;
    }

    /// <summary>Whether the API server would let it do that.</summary>
    /// <param name="asked">What.</param>
    /// <param name="name">To the one object of this name; empty: to any.</param>
    public async Task<bool> MayAsync(Permission asked, string name = "")
    {
        var resource = asked.Resource.Split('/');
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["resourceAttributes"] = new JsonObject
                {
                    ["verb"] = asked.Verb,
                    ["group"] = asked.Group,
                    ["resource"] = resource[0],
                    ["subresource"] = resource.ElementAtOrDefault(1),
                    ["namespace"] = asked.Namespace,
                    ["name"] = name,
                },
            },
        };
        var answer = await _own.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review.ToJsonString());
        return answer["status"]!["allowed"]!.GetValue<bool>();
    }

    /// <summary>Which of these the API server would let it do.</summary>
    public async Task<IReadOnlyList<Permission>> AllowedAsync(IEnumerable<Permission> asked)
    {
        var answers = await Task.WhenAll(asked.Select(async permission => (permission, May: await MayAsync(permission))));
        return [.. answers.Where(answer => answer.May).Select(answer => answer.permission)];
    }

    /// <summary>What the API server answers it.</summary>
    public Task<HttpStatusCode> GetAsync(string path) => _own.StatusOfAsync(path);

    public void Dispose() => _own.Dispose();

    /// <summary>The one lease that it may read and renew.</summary>
    private static string LeaseOf(Permission granted) => granted is { Resource: "leases", Verb: not "create" } ? "upload-session-operator" : "";
}
