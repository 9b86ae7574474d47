using ControllerRuntime.Watching;
using UploadSessions.Operator.Options;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Granting;

/// <summary>What the operator knows of the grants, and of the namespaces they select.</summary>
public sealed class GrantCaches(OperatorOptions options)
{
    /// <summary>All grants.</summary>
    public ObjectStore<UploadGrant> Grants { get; } = new(WatchedGrants);

    /// <summary>All namespaces; null where only named ones are served: reading namespaces takes a right over the whole cluster.</summary>
    public ObjectStore<NamespaceMetadata>? Namespaces { get; } = options.Namespaces.Count > 0 ? null : new(WatchedNamespaces);

    /// <summary>Whether a namespace is known to be on its way out.</summary>
    public bool IsGoing(string ns) => Namespaces?.Get(new("", ns))?.Metadata.DeletionTimestamp is not null;

    /// <summary>How grants are watched.</summary>
    public static WatchedResource<UploadGrant> WatchedGrants { get; } = new()
    {
        Name = UploadGrant.Plural,
        Path = $"/apis/{UploadSession.Group}/{UploadSession.Version}/{UploadGrant.Plural}",
        JsonType = ResourceJson.Default.UploadGrant,
        KeyOf = grant => new("", grant.Metadata.Name),
        VersionOf = grant => grant.Metadata.ResourceVersion,
    };

    /// <summary>How namespaces are watched: as metadata.</summary>
    public static WatchedResource<NamespaceMetadata> WatchedNamespaces { get; } = new()
    {
        Name = "namespaces",
        Path = "/api/v1/namespaces",
        MetadataOnly = true,
        JsonType = ResourceJson.Default.NamespaceMetadata,
        KeyOf = ns => new("", ns.Metadata.Name),
        VersionOf = ns => ns.Metadata.ResourceVersion,
    };
}
