namespace UploadSessions.Credentials;

/// <summary>The keys of the Secret that are the operator's. All of them are replaced in one write; other keys are left alone.</summary>
public static class SecretKeys
{
    /// <summary>Environment variable of every AWS SDK.</summary>
    public const string AccessKeyId = "AWS_ACCESS_KEY_ID";

    /// <summary>Environment variable of every AWS SDK.</summary>
    public const string SecretAccessKey = "AWS_SECRET_ACCESS_KEY";

    /// <summary>Environment variable of every AWS SDK.</summary>
    public const string SessionToken = "AWS_SESSION_TOKEN";

    /// <summary>When the credentials expire (RFC 3339).</summary>
    public const string CredentialExpiration = "AWS_CREDENTIAL_EXPIRATION";

    /// <summary>The region of bucket and STS.</summary>
    public const string Region = "AWS_REGION";

    /// <summary>The S3-compatible endpoint; absent on AWS.</summary>
    public const string S3Endpoint = "AWS_ENDPOINT_URL_S3";

    /// <summary>The bucket's name or access point ARN, as S3 clients take it.</summary>
    public const string Bucket = "UPLOAD_BUCKET";

    /// <summary>The key prefix; empty for the whole bucket.</summary>
    public const string Prefix = "UPLOAD_PREFIX";

    /// <summary>A shared credentials file.</summary>
    public const string CredentialsFile = "credentials";

    /// <summary>The answer of a credential_process, with its expiry.</summary>
    public const string CredentialsJson = "credentials.json";

    /// <summary>A shared config file whose credential_process reads <see cref="CredentialsJson"/>.</summary>
    public const string ConfigFile = "config";

    /// <summary>Where <see cref="ConfigFile"/> expects the Secret to be mounted.</summary>
    public const string MountPath = "/var/run/secrets/uploadsession.io";

    /// <summary>All of them, <see cref="S3Endpoint"/> included.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AccessKeyId, SecretAccessKey, SessionToken, CredentialExpiration, Region, S3Endpoint, Bucket, Prefix, CredentialsFile, CredentialsJson, ConfigFile];
}
