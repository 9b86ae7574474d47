using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>Credentials that live for seconds, renewed under an uploader that never stops.</summary>
public abstract class RotationTests(IApiServer server, CephStore store)
{
    private const int Rotations = 20;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task No_upload_fails_over_many_rotations()
    {
        await using var scene = await CephScene.SetWithRelayAsync(server, store, Life);
        scene.StartOperator("--log-level", "Trace");
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await using var uploader = Uploader.Start(scene, "export", scene.Prefix);
        await scene.StatusAsync("export", status => status["rotations"]?.GetValue<int>() >= Rotations, $"{Rotations} rotations", TimeSpan.FromMinutes(2));
        await uploader.StopAsync();

        uploader.Failures.ShouldBeEmpty();
        // Not necessarily every set: on a busy machine one may be renewed before an upload finds it.
        uploader.AccessKeys.Count.ShouldBeGreaterThan(Rotations / 2);
        scene.Sts.Calls.ShouldAllBe(call => call.Expiration != null);
    }
}

public sealed class EmbeddedRotationTests(EmbeddedServer server, CephStore store) : RotationTests(server, store);

public sealed class EnvtestRotationTests(EnvtestServer server, CephStore store) : RotationTests(server, store);
