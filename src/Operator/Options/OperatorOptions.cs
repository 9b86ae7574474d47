using System.Net;

namespace UploadSessions.Operator.Options;

/// <summary>The operator's options, checked.</summary>
public sealed record OperatorOptions
{
    /// <summary>Path of a kubeconfig; null: that of <c>$KUBECONFIG</c>, the pod or <c>~/.kube/config</c>.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Region of sessions that name none.</summary>
    public required string Region { get; init; }

    /// <summary>STS of an S3-compatible store; null: AWS.</summary>
    public Uri? StsEndpoint { get; init; }

    /// <summary>S3-compatible store; null: AWS.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <summary>Whether sessions that use the operator's identity need an UploadGrant.</summary>
    public required bool RequireGrants { get; init; }

    /// <summary>The audience of ServiceAccount tokens; null: sessions cannot use the identity of a ServiceAccount.</summary>
    public string? TokenAudience { get; init; }

    /// <summary>The cluster's name; null: not known.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The namespaces to serve; none: all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Parallel reconciles.</summary>
    public required int Workers { get; init; }

    /// <summary>The most STS calls a second.</summary>
    public required double StsRate { get; init; }

    /// <summary>Where health and metrics listen.</summary>
    public required IPEndPoint HttpAddress { get; init; }

    /// <summary>Whether to take a lease.</summary>
    public required bool LeaderElect { get; init; }

    /// <summary>Namespace of the lease.</summary>
    public required string LeaderElectionNamespace { get; init; }

    /// <summary>How long a lease holds after its last renewal; whole seconds.</summary>
    public TimeSpan LeaderElectionLeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether logs are JSON.</summary>
    public required bool JsonLogs { get; init; }

    /// <summary>The least level that is logged.</summary>
    public required LogLevel LogLevel { get; init; }
}
