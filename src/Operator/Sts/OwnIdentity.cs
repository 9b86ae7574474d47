using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;

namespace UploadSessions.Operator.Sts;

/// <summary>The operator's own role, which the AWS SDK assumes with the token of a ServiceAccount (IRSA).</summary>
public static class OwnIdentity
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Gives the SDK the STS client that it looks for by reflection otherwise, which native code does not have (AWS SDK for .NET API Reference, "GlobalRuntimeDependencyRegistry").</summary>
    public static void Register() => GlobalRuntimeDependencyRegistry.Instance.RegisterSecurityTokenServiceClient(static context =>
    {
        var wanted = context.SecurityTokenServiceClientContextData;
        var config = new AmazonSecurityTokenServiceConfig { RegionEndpoint = wanted.Region, Timeout = Patience };
        // Where a token proves who calls, nobody signs, and no other credentials are looked for.
        return wanted.Action == SecurityTokenServiceClientContext.ActionContext.AssumeRoleAWSCredentials
            ? new AmazonSecurityTokenServiceClient(config)
            : new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), config);
    });
}
