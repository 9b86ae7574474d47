using UploadSessions.Resources;

namespace UploadSessions.Grants;

/// <summary>The session tags that say which session of which cluster credentials are for. The names are not those of EKS Pod Identity: its tags are transitive, and STS refuses a call that sets an inherited transitive tag again (IAM User Guide, "Chaining roles with session tags").</summary>
public static class KubernetesTags
{
    /// <summary>The prefix of all of them; no other tag may begin with it.</summary>
    public const string Prefix = "uploadsession-";

    /// <summary>The cluster's name, where the operator was told it.</summary>
    public const string Cluster = Prefix + "cluster";

    /// <summary>The session's namespace.</summary>
    public const string Namespace = Prefix + "namespace";

    /// <summary>The session's name.</summary>
    public const string Name = Prefix + "name";

    /// <summary>The session's uid.</summary>
    public const string Uid = Prefix + "uid";

    /// <summary>How many there are at most.</summary>
    public const int Count = 4;

    /// <summary>The tags of a session. Its names are within the characters and length of tag values (RFC 1123).</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(ObjectMeta session, string? cluster)
    {
        if (cluster is not null)
            yield return new(Cluster, cluster);
        yield return new(Name, session.Name);
        yield return new(Namespace, session.Namespace);
        yield return new(Uid, session.Uid);
    }
}
