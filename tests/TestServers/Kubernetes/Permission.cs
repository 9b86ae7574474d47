using System.Net;

namespace TestServers.Kubernetes;

/// <summary>One thing a role allows: a verb on a resource of an API group, in one namespace or (empty) in the whole cluster.</summary>
public sealed record Permission(string Verb, string Group, string Resource, string Namespace = "")
{
    /// <summary>What the API server asks its authorizer for a request: an apply that creates needs the right to create as well.</summary>
    public static IEnumerable<Permission> UsedBy(ProxiedRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        var group = parts[0] == "apis" ? parts[1] : "";
        parts.RemoveRange(0, parts[0] == "apis" ? 3 : 2);
        var ns = "";
        if (parts is ["namespaces", _, _, ..])
        {
            ns = parts[1];
            parts.RemoveRange(0, 2);
        }

        var resource = parts.Count > 2 ? $"{parts[0]}/{parts[2]}" : parts[0];
        yield return new(VerbOf(request, isNamed: parts.Count > 1), group, resource, ns);
        if (request is { Method: "PATCH", Status: (int)HttpStatusCode.Created })
            yield return new("create", group, resource, ns);
    }

    public override string ToString() => $"{Verb} {Resource}{(Group.Length == 0 ? "" : "." + Group)}{(Namespace.Length == 0 ? "" : " in " + Namespace)}";

    private static string VerbOf(ProxiedRequest request, bool isNamed) => request.Method switch
    {
        "GET" when request.IsWatch => "watch",
        "GET" => isNamed ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        var other => other.ToLowerInvariant(),
    };
}
