namespace UploadSessions.Grants;

/// <summary>What a grant must allow, in the order in which it is asked: the grant that holds out longest is the nearest.</summary>
public enum GrantRule
{
    /// <summary>The grant is for the session's namespace.</summary>
    Namespace,

    /// <summary>The grant is valid.</summary>
    Validity,

    /// <summary>It lists the role.</summary>
    Role,

    /// <summary>It has a target with the bucket.</summary>
    Bucket,

    /// <summary>That target holds the whole prefix.</summary>
    Prefix,

    /// <summary>That target allows every access.</summary>
    Access,

    /// <summary>That target lists the KMS key.</summary>
    KmsKey,

    /// <summary>The duration is within its cap.</summary>
    Duration,

    /// <summary>The session has an end, within its cap.</summary>
    Lifetime,

    /// <summary>The session's constraints are at least as narrow as those it requires.</summary>
    Constraints,

    /// <summary>It lists every session tag with its value, and all tags together are no more than STS takes.</summary>
    SessionTags,

    /// <summary>The session names its region or none.</summary>
    Region,

    /// <summary>Its store can express the prefix.</summary>
    Store,
}
