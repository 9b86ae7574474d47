using System.Text.Json;
using HostileCorpus;
using Operator.Tests.Running;
using UploadSessions.Grants;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Hostile;

/// <summary>What must come of a case in a cluster whose operator uses an S3-compatible store, as the domain decides it.</summary>
internal static class WireOutcome
{
    /// <summary>The spec as it arrives: in UTF-8, which knows no halves of characters.</summary>
    public static UploadSessionSpec SpecOf(SessionCase one) => JsonSerializer.Deserialize(one.Json.ToJsonString(), ResourceJson.Default.UploadSessionSpec)!;

    /// <summary>The reason of Ready.</summary>
    public static string Of(Scene scene, SessionCase one)
    {
        var session = new UploadSession
        {
            Metadata = new() { Name = one.Name, Namespace = scene.Namespace, Uid = "uid", CreationTimestamp = TimeProvider.System.GetUtcNow() },
            Spec = SpecOf(one),
        };
        if (SpecReader.Read(session, new SpecDefaults("us-east-1", scene.Aws.S3, scene.Aws.Sts)).Terms is not { } terms)
            return "InvalidSpec";
        if (terms.End <= session.Metadata.CreationTimestamp)
            return "Ended";
        var grant = new UploadGrant { Metadata = new() { Name = "grant" }, Spec = Ground.Grant(scene.Namespace) };
        if (GrantMatcher.Match(GrantSet.Of([grant]), new() { Session = session, Terms = terms }) is not GrantSituation.Granted granted)
            return "NotGranted";
        if (terms.SecretName.StartsWith(ForeignSecrets.Prefix, StringComparison.Ordinal))
            return "SecretConflict";
        if (terms.Suspend)
            return "Suspended";
        return PolicyRenderer.Render(granted.Terms).IsTooLarge ? "PolicyTooLarge" : "Issued";
    }
}
