using HostileCorpus;
using Operator.Tests.Running;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Hostile;

/// <summary>Holds every call that STS saw to the one grant there is.</summary>
internal static class StsCalls
{
    /// <summary>Each is for a session that the grant allows, once, and asks for nothing that the grant does not give.</summary>
    /// <param name="scene">Where.</param>
    /// <param name="allowed">The sessions that may be issued.</param>
    public static void ShouldBeWithinTheGrant(Scene scene, IReadOnlyDictionary<string, UploadSessionSpec> allowed)
    {
        var sessions = allowed.Keys.ToDictionary(name => RoleSessionName.For(scene.Namespace, name));
        var calls = scene.Aws.StsRequests;
        calls.Select(call => sessions[call.SessionName!]).Where(name => allowed[name].RenewBefore is null).ShouldBeUnique("credentials of an hour are not renewed yet");
        foreach (var call in calls)
        {
            (call.Action, call.Result).ShouldBe(("AssumeRole", "OK"));
            var name = sessions[call.SessionName!];
            call.RoleArn.ShouldBe(Ground.Role);
            call.Duration.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
            (call.ExternalId, call.SourceIdentity).ShouldBe((Ground.ExternalId, null));
            call.Tags.Where(tag => tag.Key != Ground.Tag.Key && tag.Key != "uploadsession-uid").ShouldBe(
                [Ground.GrantTag, new("uploadsession-cluster", "prod-1"), new("uploadsession-name", name), new("uploadsession-namespace", scene.Namespace)],
                ignoreOrder: true);
            call.Tags.GetValueOrDefault(Ground.Tag.Key, Ground.Tag.Value).ShouldBe(Ground.Tag.Value);
            PolicyJudge.Widenings(call.Policy!, Ground.GrantBounds, allowed[name].Prefix!).ShouldBeEmpty(call.Policy);
        }
    }
}
