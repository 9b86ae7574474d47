using UploadSessions.Specification;

namespace UploadSessions.Credentials;

/// <summary>The keys and files of the Secret: environment variables and mounted files work from the same one.</summary>
public static class SecretContent
{
    /// <summary>All keys of the operator with their text. The values are secret.</summary>
    public static IReadOnlyDictionary<string, string> Build(IssuedCredentials credentials, SessionTerms terms)
    {
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [SecretKeys.AccessKeyId] = credentials.AccessKeyId,
            [SecretKeys.SecretAccessKey] = credentials.SecretAccessKey,
            [SecretKeys.SessionToken] = credentials.SessionToken,
            [SecretKeys.CredentialExpiration] = Rfc3339.Format(credentials.ExpiresAt),
            [SecretKeys.Region] = terms.Region,
            [SecretKeys.Bucket] = terms.Bucket.Value,
            [SecretKeys.Prefix] = terms.Prefix,
            [SecretKeys.CredentialsFile] = CredentialsFile(credentials),
            [SecretKeys.CredentialsJson] = new CredentialProcessAnswer(credentials).ToJson(),
            [SecretKeys.ConfigFile] = ConfigFile(terms),
        };
        if (terms.S3Endpoint is { } endpoint)
            content[SecretKeys.S3Endpoint] = endpoint.OriginalString;
        return content;
    }

    /// <summary>AWS SDKs and Tools Reference Guide, "Using shared config and credentials files".</summary>
    private static string CredentialsFile(IssuedCredentials credentials) =>
        $"""
        [default]
        aws_access_key_id = {credentials.AccessKeyId}
        aws_secret_access_key = {credentials.SecretAccessKey}
        aws_session_token = {credentials.SessionToken}

        """;

    /// <summary>AWS SDKs and Tools Reference Guide, "Service-specific endpoints" for the endpoint.</summary>
    private static string ConfigFile(SessionTerms terms)
    {
        var profile = $"""
            [default]
            credential_process = cat {SecretKeys.MountPath}/{SecretKeys.CredentialsJson}
            region = {terms.Region}

            """;
        return terms.S3Endpoint is not { } endpoint
            ? profile
            : $"""
            {profile}services = store

            [services store]
            s3 =
              endpoint_url = {endpoint.OriginalString}

            """;
    }
}
