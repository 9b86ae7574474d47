using System.Diagnostics;

namespace Operator.Tests.Conformance;

/// <summary>kubectl get -w and kubectl wait.</summary>
public abstract class KubectlWatchTests(IApiServer server) : KubectlTier(server)
{
    [Fact]
    public async Task Get_follows_an_object_to_its_end()
    {
        await RunAsync("apply -f -", Session);
        using var watching = Kubectl.Start("get ups export -w --output-watch-events");
        using var limit = Kubectl.EndedInTime(watching);
        try
        {
            (await NextLineAsync(watching)).ShouldMatch("^EVENT +NAME +READY +REASON +BUCKET");
            (await NextLineAsync(watching)).ShouldMatch("^ADDED +export +team-a-landing");
            await ReadyAsync();
            await ChangeUntilAsync("^MODIFIED +export +True +Issued +team-a-landing", watching);
            await Api.DeleteAsync(Api.Sessions + "/export");
            (await LastLineAsync(watching)).ShouldMatch("^DELETED +export +True");
        }
        finally
        {
            watching.Kill();
        }
    }

    [Fact]
    public async Task Wait_returns_when_the_condition_holds()
    {
        await RunAsync("apply -f -", Session);
        (await Kubectl.TryAsync("wait --for=condition=Ready ups/export --timeout=1s")).Error.ShouldContain("timed out waiting for the condition");
        var ready = RunAsync("wait --for=condition=Ready ups/export --timeout=30s");
        await ReadyAsync();
        (await ready).ShouldBe($"{Named} condition met\n");
        (await RunAsync("wait --for=condition=established crd/uploadsessions.uploadsession.io --timeout=30s")).ShouldContain("condition met");
    }

    [Fact]
    public async Task Wait_returns_when_the_object_is_gone()
    {
        await RunAsync("apply -f -", Session);
        using var waiting = Kubectl.Start("wait --for=delete ups/export --timeout=30s -v=6");
        using var limit = Kubectl.EndedInTime(waiting);
        await HasSeenTheObjectAsync(waiting);

        await Api.DeleteAsync(Api.Sessions + "/export");

        var (code, output, error) = await Kubectl.EndAsync(waiting);
        code.ShouldBe(0, error);
        output.ShouldBe($"{Named} condition met\n");
    }

    /// <summary>Old ones fail on an object that is gone when they begin; with -v=6 they log each answer.</summary>
    private static async Task HasSeenTheObjectAsync(Process waiting)
    {
        string? line;
        do
        {
            line = await waiting.StandardError.ReadLineAsync();
        }
        while (line is not null && !(line.Contains("/uploadsessions", StringComparison.Ordinal) && line.Contains("200 OK", StringComparison.Ordinal)));
    }

    /// <summary>kubectl drops the first event of its watch, which may be the change already: so it gets more of them.</summary>
    private async Task ChangeUntilAsync(string pattern, Process watching)
    {
        var line = NextLineAsync(watching);
        for (var label = 0; !line.IsCompleted; label++)
        {
            await Api.MergeAsync(Api.Sessions + "/export", $$"""{"metadata":{"labels":{"n":"{{label}}"} } }""");
            await Task.WhenAny(line, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        (await line).ShouldMatch(pattern);
    }

    private static async Task<string> LastLineAsync(Process watching)
    {
        var line = await NextLineAsync(watching);
        while (line.StartsWith("MODIFIED", StringComparison.Ordinal))
            line = await NextLineAsync(watching);
        return line;
    }

    private static async Task<string> NextLineAsync(Process process) => await process.StandardOutput.ReadLineAsync() ?? "END";
}

public sealed class EmbeddedKubectlWatchTests(EmbeddedServer server) : KubectlWatchTests(server);

public sealed class EnvtestKubectlWatchTests(EnvtestServer server) : KubectlWatchTests(server);
