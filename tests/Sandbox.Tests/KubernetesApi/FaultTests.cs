using Microsoft.Extensions.Time.Testing;
using Sandbox.KubernetesApi;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class FaultTests
{
    [Fact]
    public async Task A_refused_request_has_no_effect_and_a_lost_answer_has_one()
    {
        await using var api = await StartAsync();
        using (api.Server.Faults.Intercept(request => request.Verb == "create" ? FaultResponse.Error(500) : null))
        {
            (await api.PostAsync(Secrets, Secret("a"))).Expect(500).Reason.ShouldBe("InternalError");
        }

        (await api.GetAsync(Secrets + "/a")).Expect(404);
        using (api.Server.Faults.Intercept(request => request.Verb == "create" ? FaultResponse.Error(503).AfterEffect() : null))
        {
            (await api.PostAsync(Secrets, Secret("a"))).Expect(503);
        }

        (await api.GetAsync(Secrets + "/a")).Expect(200);
        (await api.PostAsync(Secrets, Secret("b"))).Expect(201);
    }

    [Fact]
    public async Task A_cut_connection_gives_no_answer_before_or_after_the_effect()
    {
        await using var api = await StartAsync();
        using var fault = api.Server.Faults.Intercept(request => request.Name == "a" ? FaultResponse.Cut() : request.Verb == "create" ? FaultResponse.Cut().AfterEffect() : null);
        await Should.ThrowAsync<HttpRequestException>(() => api.GetAsync(Secrets + "/a"));
        await Should.ThrowAsync<HttpRequestException>(() => api.PostAsync(Secrets, Secret("b")));
        (await api.GetAsync(Secrets + "/b")).Expect(200);
    }

    [Fact]
    public async Task Too_many_requests_say_when_to_come_again()
    {
        await using var api = await StartAsync();
        using var fault = api.Server.Faults.Intercept(_ => FaultResponse.TooManyRequests(7));
        using var response = await api.Client.GetAsync("/api/v1/secrets", api.Cancellation);
        ((int)response.StatusCode).ShouldBe(429);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_delay_lasts_by_the_servers_clock()
    {
        var clock = new FakeTimeProvider();
        await using var api = await StartAsync(options => options with { TimeProvider = clock });
        var asked = new TaskCompletionSource();
        using var fault = api.Server.Faults.Intercept(_ =>
        {
            asked.TrySetResult();
            return FaultResponse.Delay(TimeSpan.FromMinutes(1));
        });
        var answer = api.GetAsync("/api/v1/secrets");
        await asked.Task.WaitAsync(api.Cancellation);
        answer.IsCompleted.ShouldBeFalse();
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, api.Cancellation);
        }

        (await answer).Expect(200);
    }

    [Fact]
    public async Task A_refused_watch_leaves_no_subscription_behind()
    {
        await using var api = await StartAsync();
        using (api.Server.Faults.Intercept(request => request.Verb == "watch" ? FaultResponse.Error(500).AfterEffect() : null))
        {
            (await api.GetAsync(Secrets + "?watch=1")).Expect(500);
        }

        (await api.PostAsync(Secrets, Secret("a"))).Expect(201);
    }

    [Fact]
    public async Task A_waiting_test_is_told_of_the_request_it_waits_for()
    {
        await using var api = await StartAsync();
        var waiting = api.Server.Requests.WaitForAsync(logged => logged.Request.Verb == "create" && logged.StatusCode == 201, api.Cancellation);
        await api.GetAsync(Secrets);
        waiting.IsCompleted.ShouldBeFalse();
        await api.PostAsync(Secrets, Secret("a"));
        (await waiting).Request.Resource.ShouldBe("secrets");
    }
}
