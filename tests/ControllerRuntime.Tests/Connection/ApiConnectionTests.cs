using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ControllerRuntime.Connection;
using ControllerRuntime.Tests.Support;
using k8s;
using k8s.Authentication;

namespace ControllerRuntime.Tests.Connection;

public sealed class ApiConnectionTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly MetricsProbe _probe = new();
    private readonly LogProbe _log = new();
    private ScriptedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ScriptedServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _probe.Dispose();
    }

    [Theory]
    [InlineData("", "/version", "/version")]
    [InlineData("", "version", "/version")]
    [InlineData("k8s/clusters/c-1", "/version", "/k8s/clusters/c-1/version")]
    [InlineData("k8s/clusters/c-1/", "version", "/k8s/clusters/c-1/version")]
    public async Task A_path_is_relative_to_the_address_and_to_the_path_in_it(string basePath, string path, string expected)
    {
        using var connection = Connect(new KubernetesClientConfiguration { Host = _server.Address + basePath });
        var answer = GetAsync(connection, path);
        var request = await _server.NextAsync();
        request.Path.ShouldBe(expected);
        await request.AnswerAsync("{}");
        (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_is_asked_for_with_every_request()
    {
        using var connection = Connect(new KubernetesClientConfiguration { Host = _server.Address.ToString(), TokenProvider = new Tokens("one", "two") });
        foreach (var token in new[] { "one", "two" })
        {
            var answer = GetAsync(connection, "version");
            var request = await _server.NextAsync();
            request.Header("Authorization").ShouldBe($"Bearer {token}");
            await request.AnswerAsync("{}");
            (await answer).Dispose();
        }
    }

    [Fact]
    public async Task A_token_that_cannot_be_obtained_is_a_failed_request_that_tells_nothing_of_it()
    {
        using var connection = Connect(new KubernetesClientConfiguration { Host = _server.Address.ToString(), TokenProvider = new Tokens() });
        var failure = await Should.ThrowAsync<HttpRequestException>(GetAsync(connection, "version"));
        failure.ToString().ShouldNotContain("hunter2");
        _server.HasRequest.ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_30_seconds()
    {
        using var connection = Connect();
        var answer = GetAsync(connection, "version");
        await _server.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        answer.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await Should.ThrowAsync<TimeoutException>(answer.InTime());
        _probe.Sum("rest_client_requests_total", $"code=<error>,method=GET,host=127.0.0.1:{_server.Port}").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_nobody_can_connect_to_is_a_timeout_and_not_a_cancellation()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var config = new KubernetesClientConfiguration { Host = $"https://{deaf.LocalEndpoint}" };
        using var connection = ApiConnection.Create(config, _log, _probe.Metrics, _clock, connectTimeout: TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<TimeoutException>(GetAsync(connection, "version").InTime());
    }

    [Fact]
    public async Task A_stream_goes_on_after_the_30_seconds()
    {
        using var connection = Connect();
        var answer = GetAsync(connection, "version", HttpCompletionOption.ResponseHeadersRead);
        var request = await _server.NextAsync();
        await request.SendAsync("a");
        using var response = await answer;
        _clock.Advance(TimeSpan.FromHours(1));
        await request.SendAsync("b");
        request.End();
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("ab");
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_not_a_timeout()
    {
        using var connection = Connect();
        using var stop = new CancellationTokenSource();
        var answer = connection.SendAsync(new HttpRequestMessage(HttpMethod.Get, "version"), HttpCompletionOption.ResponseContentRead, stop.Token);
        await _server.NextAsync();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(answer.InTime());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_lest_the_credentials_go_elsewhere()
    {
        using var connection = Connect();
        var answer = GetAsync(connection, "version");
        await (await _server.NextAsync()).AnswerAsync("", 307, ("Location", "/elsewhere"));
        (await answer).StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        _server.HasRequest.ShouldBeFalse();
    }

    [Fact]
    public async Task Requests_are_counted_by_code_method_and_host()
    {
        using var connection = Connect();
        foreach (var status in new[] { 200, 409, 409 })
        {
            var answer = connection.SendAsync(new HttpRequestMessage(HttpMethod.Put, "version"), HttpCompletionOption.ResponseContentRead, TestContext.Current.CancellationToken);
            await (await _server.NextAsync()).AnswerAsync("{}", status);
            (await answer).Dispose();
        }

        _probe.Sum("rest_client_requests_total", $"code=200,method=PUT,host=127.0.0.1:{_server.Port}").ShouldBe(1);
        _probe.Sum("rest_client_requests_total", $"code=409,method=PUT,host=127.0.0.1:{_server.Port}").ShouldBe(2);
    }

    private static Task<HttpResponseMessage> GetAsync(ApiConnection connection, string path, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead) =>
        connection.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), completion, TestContext.Current.CancellationToken);

    private ApiConnection Connect(KubernetesClientConfiguration? config = null) =>
        ApiConnection.Create(config ?? new KubernetesClientConfiguration { Host = _server.Address.ToString() }, _log, _probe.Metrics, _clock);

    private sealed class Tokens(params string[] tokens) : ITokenProvider
    {
        private readonly Queue<string> _tokens = new(tokens);

        public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
            _tokens.TryDequeue(out var token) ? Task.FromResult(new AuthenticationHeaderValue("Bearer", token)) : throw new FormatException("hunter2");
    }
}
