using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;

namespace UploadSessions.Operator.Sts;

/// <summary>The operator's own role, which the AWS SDK assumes: with the token of a ServiceAccount (IRSA), or with the keys that a profile names.</summary>
public static class OwnIdentity
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gives the SDK the STS client that it makes by reflection otherwise (AWS SDK for .NET API Reference, "GlobalRuntimeDependencyRegistry"): with our patience where
    /// the token proves who calls. With the keys of a profile it has to make one, since it tells nobody which they are; native code keeps what that takes.
    /// </summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceConfig))]
    public static void Register() => GlobalRuntimeDependencyRegistry.Instance.RegisterSecurityTokenServiceClient(static context =>
    {
        var wanted = context.SecurityTokenServiceClientContextData;
        return wanted.Action == SecurityTokenServiceClientContext.ActionContext.AssumeRoleWithWebIdentityCredentials
            ? new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), new AmazonSecurityTokenServiceConfig { RegionEndpoint = wanted.Region, Timeout = Patience })
            : null!;
    });
}
