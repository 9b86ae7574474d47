using System.CommandLine;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Options;

/// <summary>The flags of <c>run</c>. Each can be given as an environment variable too; the flag wins.</summary>
public static class OperatorFlags
{
    /// <summary>The environment variable of a flag is this and the flag's name in capitals, with underscores.</summary>
    public const string EnvironmentPrefix = "UPLOAD_SESSION_OPERATOR_";

    /// <summary>Path of a kubeconfig.</summary>
    public static readonly OperatorFlag Kubeconfig = new("--kubeconfig", "Path of a kubeconfig. Default: those of $KUBECONFIG, else the in-cluster configuration, else ~/.kube/config.", "");

    /// <summary>Default region.</summary>
    public static readonly OperatorFlag Region = new("--region", "AWS region of sessions that name none. Default: $AWS_REGION, else $AWS_DEFAULT_REGION, else us-east-1.", "");

    /// <summary>STS endpoint.</summary>
    public static readonly OperatorFlag StsEndpoint = new("--sts-endpoint", "URL of the STS of an S3-compatible store. Default: the regional endpoint of AWS.", "");

    /// <summary>S3 endpoint.</summary>
    public static readonly OperatorFlag S3Endpoint = new("--s3-endpoint", "URL of an S3-compatible store, written into Secrets as AWS_ENDPOINT_URL_S3. Default: none, for AWS.", "");

    /// <summary>Who may use the operator's identity.</summary>
    public static readonly OperatorFlag Grants = new("--grants", "Who may use the operator's identity. 'required': sessions that an UploadGrant allows. 'disabled': whoever may write an UploadSession may use every role that the operator can assume.", "required");

    /// <summary>Whether sessions may use the identity of a ServiceAccount.</summary>
    public static readonly OperatorFlag ServiceAccounts = new("--service-accounts", "Whether sessions may use the identity of a ServiceAccount of their namespace: 'enabled' or 'disabled'. The operator then needs the right to make tokens of these ServiceAccounts.", "disabled");

    /// <summary>The audience of ServiceAccount tokens.</summary>
    public static readonly OperatorFlag TokenAudience = new("--token-audience", $"The audience of ServiceAccount tokens, a client id of the OIDC provider. Default: {ServiceAccountIdentity.AwsAudience}; with --sts-endpoint there is none, and that one is refused.", "");

    /// <summary>The cluster's name.</summary>
    public static readonly OperatorFlag ClusterName = new("--cluster-name", "The cluster's name, for the session tags of grants that ask for them. Default: none.", "");

    /// <summary>The namespaces that are served.</summary>
    public static readonly OperatorFlag Namespaces = new("--namespaces", "The namespaces to serve, separated by commas: rights in these alone are enough then, and to read UploadGrants. Grants match them by name only. Default: all.", "");

    /// <summary>Parallel reconciles.</summary>
    public static readonly OperatorFlag Workers = new("--workers", "How many sessions are worked on at once, 1 to 256.", "8");

    /// <summary>STS call rate.</summary>
    public static readonly OperatorFlag StsRate = new("--sts-rate", "The most calls to STS a second, 1 to 10000; slows down by itself when STS throttles.", "100");

    /// <summary>Health and metrics address.</summary>
    public static readonly OperatorFlag HttpAddress = new("--http-address", "ADDRESS:PORT of /healthz, /readyz and /metrics.", "0.0.0.0:8080");

    /// <summary>Leader election.</summary>
    public static readonly OperatorFlag LeaderElect = new("--leader-elect", "Whether to take a lease before working, so that several replicas can run: true or false.", "true");

    /// <summary>Lease namespace.</summary>
    public static readonly OperatorFlag LeaderElectionNamespace = new("--leader-election-namespace", "Namespace of the lease. Default: $POD_NAMESPACE, else the pod's own, else 'default'.", "");

    /// <summary>Lease duration.</summary>
    public static readonly OperatorFlag LeaderElectionLeaseDuration = new("--leader-election-lease-duration", "How long the lease of a replica that is gone keeps the others waiting, 3s to 10m. A leader that cannot renew it ends after two thirds of that time.", "15s");

    /// <summary>Log format.</summary>
    public static readonly OperatorFlag LogFormat = new("--log-format", "json or text.", "json");

    /// <summary>Log level.</summary>
    public static readonly OperatorFlag LogLevel = new("--log-level", "Trace, Debug, Information, Warning or Error.", "Information");

    /// <summary>All of them, in the order of the help text.</summary>
    public static IReadOnlyList<OperatorFlag> All { get; } =
        [Kubeconfig, Region, StsEndpoint, S3Endpoint, Grants, ServiceAccounts, TokenAudience, ClusterName, Namespaces, Workers, StsRate, HttpAddress, LeaderElect, LeaderElectionNamespace, LeaderElectionLeaseDuration, LogFormat, LogLevel];
}

/// <summary>One flag.</summary>
/// <param name="Name">Such as <c>--workers</c>.</param>
/// <param name="Description">For the help text.</param>
/// <param name="Default">The value where neither flag nor variable is set.</param>
public sealed record OperatorFlag(string Name, string Description, string Default)
{
    /// <summary>Its environment variable.</summary>
    public string Variable { get; } = OperatorFlags.EnvironmentPrefix + Name[2..].Replace('-', '_').ToUpperInvariant();

    /// <summary>Both ways to set it, for messages.</summary>
    public string Told => $"{Name} (or ${Variable})";

    /// <summary>The flag as the command line parser knows it.</summary>
    public Option<string?> ToOption() => new(Name)
    {
        Description = Default.Length == 0 ? $"{Description} [${Variable}]" : $"{Description} Default: {Default}. [${Variable}]",
    };
}
