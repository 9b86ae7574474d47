namespace Sandbox.KubernetesApi.Http;

/// <summary>Reads from a request what it asks for.</summary>
internal static class RequestReader
{
    public static RequestInfo Read(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var parts = ApiPath.Parse(path);
        return new()
        {
            Verb = parts is null ? request.Method.ToLowerInvariant() : Verb(request, parts),
            Group = parts?.Group ?? "",
            Version = parts?.Version ?? "",
            Resource = parts?.Resource ?? "",
            Namespace = parts?.Namespace ?? "",
            Name = parts?.Name ?? "",
            Subresource = parts?.Subresource ?? "",
            UserAgent = request.Headers.UserAgent.ToString(),
            Path = path,
            Query = request.QueryString.Value ?? "",
            Accept = request.Headers.Accept.ToString(),
            ContentType = request.ContentType ?? "",
        };
    }

    private static string Verb(HttpRequest request, ApiPath path) => request.Method switch
    {
        "GET" or "HEAD" when request.Query["watch"] is [("true" or "1" or ""), ..] => "watch",
        "GET" or "HEAD" => path.Name.Length > 0 ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => path.Name.Length > 0 ? "delete" : "deletecollection",
        var other => other.ToLowerInvariant(),
    };
}
