namespace Sandbox.Aws;

/// <summary>What the embedded AWS holds at its start.</summary>
public sealed record AwsServerOptions
{
    /// <summary>The clock that credentials and signatures are judged by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The account that everything is in.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The name of the IAM user that the long-lived key belongs to.</summary>
    public string CallerName { get; init; } = "upload-session-operator";

    /// <summary>The caller's identity policy.</summary>
    public string CallerPolicy { get; init; } =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""";

    /// <summary>Roles that exist.</summary>
    public IReadOnlyList<SandboxRole> Roles { get; init; } = [];

    /// <summary>The OpenID Connect providers of the account.</summary>
    public IReadOnlyList<OidcProvider> OidcProviders { get; init; } = [];

    /// <summary>Buckets that exist.</summary>
    public IReadOnlyList<string> Buckets { get; init; } = [];

    /// <summary>If set, credentials live at most this long, whatever was asked for (and checked as AWS does): rotation can be watched in seconds. Null: as asked.</summary>
    public TimeSpan? CredentialLifetime { get; init; }
}
