namespace Sandbox.KubernetesApi;

/// <summary>What a request asks for, without its body.</summary>
public sealed record RequestInfo
{
    /// <summary>get, list, watch, create, update, patch, delete, deletecollection; the HTTP method in lower case for other paths.</summary>
    public required string Verb { get; init; }

    /// <summary>The API group; empty for the core group and for other paths.</summary>
    public string Group { get; init; } = "";

    /// <summary>The API version, such as v1.</summary>
    public string Version { get; init; } = "";

    /// <summary>The plural; empty for paths that are no resource.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The namespace, or empty.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name, or empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>status, token, finalize, or empty.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The authenticated user: system:admin, system:serviceaccount:NAMESPACE:NAME; empty before authentication.</summary>
    public string User { get; init; } = "";

    /// <summary>The User-Agent header.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>The query string with its question mark, or empty.</summary>
    public string Query { get; init; } = "";

    /// <summary>The Accept header.</summary>
    public string Accept { get; init; } = "";

    /// <summary>The Content-Type header: it tells an apply from the other patches.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>A create, update, patch or delete of a resource.</summary>
    public bool IsWrite => Resource.Length > 0 && Verb is not ("get" or "list" or "watch");
}
