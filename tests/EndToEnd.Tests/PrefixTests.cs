using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>Prefixes that Ceph's policies cannot hold literally.</summary>
public sealed class PrefixTests(EmbeddedServer server, CephStore store)
{
    [Fact]
    public async Task A_prefix_that_Ceph_would_take_for_a_pattern_is_refused_before_STS_is_asked()
    {
        await using var scene = await CephScene.SetWithRelayAsync(server, store);
        scene.StartOperator();
        var prefixes = new Dictionary<string, string> { ["star"] = "a*b/", ["mark"] = "a?b/", ["dollar"] = "a$b/", ["colon"] = "a:b/" };
        foreach (var (name, prefix) in prefixes)
        {
            var spec = scene.Spec();
            spec["prefix"] = scene.Prefix + prefix;
            await scene.CreateAsync(name, spec);
        }

        foreach (var name in prefixes.Keys)
            Stage.Condition(await scene.ReadyAsync(name, "InvalidSpec"), "Ready")!["message"]!.GetValue<string>().ShouldContain("spec.prefix");
        scene.Sts.Calls.ShouldBeEmpty();

        // The relay would have seen a call.
        await scene.CreateAsync("plain");
        await scene.ReadyAsync("plain");
        scene.Sts.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Other_special_characters_are_literal()
    {
        await using var scene = await CephScene.SetAsync(server, store);
        scene.StartOperator();
        var spec = scene.Spec();
        var prefix = scene.Prefix + """a b+c"d\e[f]{g}é/""";
        spec["prefix"] = prefix;
        await scene.CreateAsync("export", spec);
        await scene.ReadyAsync("export");
        using var client = await scene.ClientAsync("export");

        (await CephScene.PutAsync(client, prefix + "object")).ShouldBe("OK");
        (await CephScene.PutAsync(client, scene.Prefix + "object")).ShouldBe("Denied");
    }
}
