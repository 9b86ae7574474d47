using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>From an applied session to an upload that is allowed and others that are not.</summary>
public abstract class IssuanceTests(IApiServer server)
{
    [Fact]
    public async Task A_session_yields_a_Secret_that_uploads_under_its_prefix_and_nowhere_else()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");

        var status = await scene.ReadyAsync("export");

        status["secretName"]!.GetValue<string>().ShouldBe("export");
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a.csv")).ShouldBe("OK");
        (await Scene.PutAsync(client, "out/a.csv")).ShouldBe("AccessDenied");
        (await Scene.PutAsync(client, "in/a.csv", "other")).ShouldBe("AccessDenied");
    }
}

public sealed class EmbeddedIssuanceTests(EmbeddedServer server) : IssuanceTests(server);

public sealed class EnvtestIssuanceTests(EnvtestServer server) : IssuanceTests(server);
