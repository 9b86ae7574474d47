namespace UploadSessions.Policy;

/// <summary>What a session may do under its prefix.</summary>
[Flags]
public enum Access
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>s3:PutObject.</summary>
    Put = 1,

    /// <summary>Put, and what multipart uploads need.</summary>
    Upload = 2,

    /// <summary>s3:GetObject.</summary>
    Download = 4,

    /// <summary>s3:ListBucket limited to the prefix.</summary>
    List = 8,

    /// <summary>s3:DeleteObject.</summary>
    Delete = 16,

    /// <summary>s3:PutObjectTagging.</summary>
    Tag = 32,

    /// <summary>s3:PutObjectAcl.</summary>
    Acl = 64,

    /// <summary>s3:PutObjectRetention and s3:PutObjectLegalHold.</summary>
    Retain = 128,
}
