using System.Diagnostics.Metrics;
using System.Text;
using ControllerRuntime.Connection;
using ControllerRuntime.Telemetry;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Operator.Tests.Running;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Sts;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace Operator.Tests.Sts;

/// <summary>Answers that no STS gives, but a proxy, a wrong address or somebody on the way may.</summary>
public sealed class StsIssuerTests : IAsyncDisposable
{
    private const string Token = "the-token-of-the-service-account";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly StsCircuits _circuits = new(mostProbes: 1);
    private readonly StsRateLimiter _limiter;

    public StsIssuerTests() => _limiter = new(_time, 100);

    [Theory]
    [InlineData("text/html", "<!doctype html><html><body>Welcome<br></body></html>")]
    [InlineData("text/xml", "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>")]
    [InlineData("application/json", "{}")]
    public async Task What_is_no_answer_of_an_STS_is_a_failure_to_try_again(string mediaType, string body)
    {
        var error = (await AskAsync(200, mediaType, body)).Error.ShouldNotBeNull();
        (error.Reason, error.Kind, error.Code).ShouldBe((Reasons.StsUnavailable, FailureKind.Transient, "IncompleteAnswer"));
    }

    [Theory]
    [InlineData("secret", "token", "2099-01-01T00:00:00Z", true)]
    [InlineData("secret", "token", "the day after tomorrow", false)]
    [InlineData("secret", "t\n[default]\ncredential_process = sh -c id", "2099-01-01T00:00:00Z", false)]
    [InlineData("s\ncredential_process = sh -c id", "token", "2099-01-01T00:00:00Z", false)]
    [InlineData("sécret", "token", "2099-01-01T00:00:00Z", false)]
    [InlineData("", "token", "2099-01-01T00:00:00Z", false)]
    [InlineData("secret", "", "2099-01-01T00:00:00Z", false)]
    [InlineData("secret", "token", "2099-01-01T00:00:00Z", false, "A\ncredential_process = sh -c id")]
    public async Task Credentials_that_lack_a_part_or_would_add_lines_to_files_are_none(string secret, string token, string expiration, bool accepted, string accessKeyId = "ASIAEXAMPLE")
    {
        var outcome = await AskAsync(200, "text/xml", Answer(secret, token, expiration, accessKeyId));
        (outcome.Credentials is not null).ShouldBe(accepted);
        outcome.Error?.Code.ShouldBe("IncompleteAnswer");
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_the_token_goes_where_it_was_meant_to(int status)
    {
        await using var elsewhere = await AnsweringServer.StartAsync(200, "text/xml", Answer("secret", "token", "2099-01-01T00:00:00Z"));
        await using var sts = await AnsweringServer.StartAsync(status, "text/plain", "", elsewhere.Address);

        var outcome = await AskAsync(sts.Address);

        outcome.Error.ShouldNotBeNull();
        elsewhere.Requests.ShouldBeEmpty();
        Encoding.UTF8.GetString(sts.Requests.ShouldHaveSingleItem().Body).ShouldContain(Token);
    }

    [Fact]
    public async Task A_page_that_may_repeat_the_request_is_not_told()
    {
        var error = (await AskAsync(403, "text/html", "<html>you sent X-Amz-Security-Token: secret</html>")).Error.ShouldNotBeNull();
        error.Message.ShouldNotContain("secret");
        error.Kind.ShouldBe(FailureKind.Propagation);
    }

    [Fact]
    public async Task An_address_where_nobody_answers_slows_nobody_else_down()
    {
        Uri gone;
        await using (var sts = await AnsweringServer.StartAsync(200, "text/plain", ""))
            gone = sts.Address;

        var error = (await AskAsync(gone)).Error.ShouldNotBeNull();

        (error.Kind, error.Code, _limiter.Rate).ShouldBe((FailureKind.Transient, "ConnectionFailed", 100));
        await AskAsync(500, "text/plain", "");
        _limiter.Rate.ShouldBe(50);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_slows_nobody_else_down()
    {
        await using var mute = new TcpGate(GateState.Mute);
        var error = (await AskAsync(mute.Address("https"))).Error.ShouldNotBeNull();
        (error.Reason, error.Kind, error.Code, _limiter.Rate).ShouldBe((Reasons.StsUnavailable, FailureKind.Transient, "ConnectionFailed", 100));
    }

    [Fact]
    public async Task An_STS_that_says_nothing_is_asked_less_until_all_but_one_are_told_at_once()
    {
        await using var mute = new TcpGate(GateState.Mute);
        foreach (var expected in new[] { 50, 25, 12.5, 12.5 })
        {
            var error = (await AskAsync(mute.Address())).Error.ShouldNotBeNull();
            (error.Reason, error.Kind, error.Code).ShouldBe((Reasons.StsUnavailable, FailureKind.Transient, "Timeout"));
            _limiter.Rate.ShouldBe(expected);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        using var probe = _circuits.Enter(mute.Address().AbsoluteUri);
        var refused = await AskAsync(mute.Address());
        refused.Error.ShouldNotBeNull().Code.ShouldBe("Timeout");
        refused.Outage.ShouldNotBeNull();
        mute.Connections.ShouldBe(4);
    }

    [Fact]
    public async Task The_operators_own_STS_is_one_whatever_regions_sessions_name()
    {
        await using var mute = new TcpGate(GateState.Mute);
        foreach (var region in new[] { "a-1", "b-1", "c-1" })
            (await AskAsync(sts: null, mute.Address(), region)).Error.ShouldNotBeNull().Code.ShouldBe("Timeout");

        using var probe = _circuits.Enter(mute.Address().AbsoluteUri);
        probe.IsProbe.ShouldBeTrue();
        (await AskAsync(sts: null, mute.Address(), "d-1")).Error.ShouldNotBeNull().Code.ShouldBe("Timeout");
        mute.Connections.ShouldBe(3);
    }

    [Fact]
    public async Task A_region_that_cannot_be_asked_is_the_specs_own_matter()
    {
        var error = (await AskAsync(sts: null, region: "xx-one-too-many", before: NameTooManyRegions)).Error.ShouldNotBeNull();
        (error.Reason, error.Kind, error.Code, _limiter.Rate).ShouldBe((Reasons.InvalidSpec, FailureKind.SlowRecheck, "UnknownRegion", 100));
        error.Message.ShouldContain("set spec.region to a region of AWS");
    }

    [Fact]
    public async Task A_clock_or_keys_that_are_wrong_slow_nobody_else_down()
    {
        (await AskAsync(200, "text/xml", Answer("secret", "token", "2001-01-01T00:00:00Z"))).Error!.Code.ShouldBe("ClockSkew");
        (await AskAsync(400, "text/xml", "<ErrorResponse><Error><Type>Sender</Type><Code>IDPCommunicationError</Code><Message>x</Message></Error></ErrorResponse>")).Error!.Code.ShouldBe("IDPCommunicationError");
        _limiter.Rate.ShouldBe(100);
    }

    private static void NameTooManyRegions(StsClients clients)
    {
        foreach (var made in Enumerable.Range(0, 1000))
            clients.CanServe($"xx-made-{made}");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<StsOutcome> AskAsync(int status, string mediaType, string body)
    {
        await using var sts = await AnsweringServer.StartAsync(status, mediaType, body);
        return await AskAsync(sts.Address);
    }

    /// <summary>Asks with the identity of a ServiceAccount: then no identity of this process has a part in it.</summary>
    private async Task<StsOutcome> AskAsync(Uri? sts, Uri? ofOperator = null, string region = "us-east-1", Action<StsClients>? before = null)
    {
        // It is the ServiceAccount and its token at once.
        await using var api = await AnsweringServer.StartAsync(200, "application/json", $$"""{"metadata":{"annotations":{"uploadsession.io/allow":"true"} },"status":{"token":"{{Token}}"} }""");
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var connection = ApiConnection.Create(new KubernetesClientConfiguration { Host = api.Address.AbsoluteUri }, NullLoggerFactory.Instance, new RuntimeMetrics(meters));
        using var clients = new StsClients(ofOperator) { ConnectTimeout = Patience, RequestTimeout = 2 * Patience };
        before?.Invoke(clients);
        var issuer = new StsIssuer(clients, new ServiceAccountTokens(new ApiRequests(connection)), _limiter, _circuits, new OperatorMetrics(meters), _time);
        return await issuer.IssueAsync(Request(sts, region), TestContext.Current.CancellationToken);
    }

    private static IssuanceRequest Request(Uri? sts, string region)
    {
        var session = new UploadSession { Metadata = new() { Namespace = "team-a", Name = "export" }, Spec = new() { RoleArn = Scene.RoleArn, Bucket = Scene.Bucket, ServiceAccountName = "exporter" } };
        var terms = SpecReader.Read(session, new SpecDefaults("us-east-1", TokenAudience: "store")).Terms! with { StsEndpoint = sts, Region = region };
        return new() { Terms = terms, Policy = PolicyRenderer.Render(terms), RoleSessionName = "team-a.export", InputHash = "hash", Trigger = IssueTrigger.First };
    }

    private static string Answer(string secret, string token, string expiration, string accessKeyId = "ASIAEXAMPLE") =>
        $"""
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
        <AccessKeyId>{accessKeyId}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey><SessionToken>{token}</SessionToken><Expiration>{expiration}</Expiration>
        </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
        """;
}
