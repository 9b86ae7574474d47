namespace UploadSessions.Resources;

/// <summary>Who owns an object (Kubernetes API Reference, "OwnerReference").</summary>
public sealed record OwnerReference
{
    private const int LongestName = 253;
    private const int LongestUid = 128;

    /// <summary>Group and version of the owner.</summary>
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind of the owner.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the owner.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Uid of the owner.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Whether the owner is the managing controller.</summary>
    public bool? Controller { get; init; }

    /// <summary>Whether this names an UploadSession, of any version of ours, as the controller.</summary>
    public bool IsUploadSessionController =>
        Controller == true && Kind == UploadSession.KindName && ApiVersion.StartsWith(UploadSession.Group + "/", StringComparison.Ordinal);

    /// <summary>Whether an object can have this name and this uid (Kubernetes documentation, "Object Names and IDs": a DNS subdomain, and a UUID for which room is left).</summary>
    internal bool IsPlausible => Name.Length <= LongestName && Uid.Length <= LongestUid;
}
