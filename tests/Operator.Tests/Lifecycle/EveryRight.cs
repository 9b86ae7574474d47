using System.Net;
using Operator.Tests.Running;
using UploadSessions;

namespace Operator.Tests.Lifecycle;

/// <summary>A session's life that takes every right the operator needs.</summary>
internal static class EveryRight
{
    /// <summary>Create, conflict, changed spec, moved Secret, denied role, end: under a grant for <see cref="Scene.Spec"/>.</summary>
    public static async Task UseAsync(Scene scene)
    {
        await MeetAConflictAsync(scene);
        await MoveASecretAsync(scene);
        await TellOfADenialAsync(scene);
        await EndAsync(scene);
    }

    /// <summary>What the operators of a scene asked for so far.</summary>
    public static IReadOnlySet<Permission> Used(Scene scene) => scene.Proxy.Requests.SelectMany(Permission.UsedBy).ToHashSet();

    /// <summary>A spec that changes while its status is written: the operator reads the session again.</summary>
    private static async Task MeetAConflictAsync(Scene scene)
    {
        var changed = false;
        scene.Proxy.Before = async request =>
        {
            if (!changed && request.Method == "PATCH" && request.Path.Value!.EndsWith("/status", StringComparison.Ordinal))
            {
                changed = true;
                await scene.PatchAsync("export", """{"spec":{"prefix":"in/other/"}}""");
            }

            return (HttpStatusCode?)null;
        };
        await scene.CreateAsync("export");
        await scene.StatusAsync("export", status => changed && status["observedGeneration"]!.GetValue<int>() == 2, "the changed spec is issued");
        scene.Proxy.Before = null;
    }

    private static async Task MoveASecretAsync(Scene scene)
    {
        await scene.PatchAsync("export", """{"spec":{"secretName":"moved"}}""");
        await Eventually.HoldsAsync(async () => await scene.SecretAsync("export") is null, "the old Secret is gone");
        (await scene.SecretAsync("moved")).ShouldNotBeNull();
    }

    private static async Task TellOfADenialAsync(Scene scene)
    {
        var spec = Scene.Spec();
        spec["roleArn"] = "arn:aws:iam::123456789012:role/other";
        await scene.CreateAsync("denied", spec);
        await Eventually.HoldsAsync(async () => (await scene.Cluster.EventsAsync(scene.Namespace)).Count > 0, "an Event tells of it");
    }

    private static async Task EndAsync(Scene scene)
    {
        await scene.PatchAsync("export", $$"""{"spec":{ "endsAt":"{{Rfc3339.Format(TimeProvider.System.GetUtcNow())}}" } }""");
        await scene.ReadyAsync("export", "Ended");
        (await scene.SecretAsync("moved")).ShouldBeNull();
    }
}
