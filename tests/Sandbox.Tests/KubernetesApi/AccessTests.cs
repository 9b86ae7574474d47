using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using Sandbox.KubernetesApi;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class AccessTests
{
    [Fact]
    public async Task Every_request_needs_a_token_but_health()
    {
        await using var api = await StartAsync();
        api.Client.DefaultRequestHeaders.Authorization = null;
        (await api.GetAsync("/api/v1/secrets")).Expect(401).Reason.ShouldBe("Unauthorized");
        (await api.GetAsync("/version")).Expect(401);
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        (await api.GetAsync("/api/v1/secrets")).Expect(401);
        (await api.GetAsync("/readyz")).Text.ShouldBe("ok");
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("evil.example.org", 403)]
    [InlineData("localhost.example.org", 403)]
    public async Task Only_loopback_names_are_answered(string host, int code)
    {
        await using var api = await StartAsync();
        api.Client.DefaultRequestHeaders.Host = $"{host}:{api.Server.BaseAddress.Port}";
        (await api.GetAsync("/api/v1/secrets")).Expect(code);
    }

    [Fact]
    public async Task Tls_is_for_those_who_trust_the_servers_own_authority()
    {
        await using var api = await StartAsync(options => options with { Tls = true });
        (await api.GetAsync("/healthz")).Expect(200);
        using var stranger = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(() => stranger.GetAsync(new Uri(api.Server.BaseAddress, "/healthz"), api.Cancellation));
        api.Server.AdminKubeconfig.ShouldContain("certificate-authority-data: ");
    }

    [Fact]
    public async Task A_service_accounts_token_is_signed_bound_and_expires()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-23T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var api = await StartAsync(options => options with { TimeProvider = clock });
        await api.PostAsync("/api/v1/namespaces/default/serviceaccounts", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"robot"}}""");
        const string path = "/api/v1/namespaces/default/serviceaccounts/robot/token";
        var own = (await api.PostAsync(path, """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":600}}""")).Expect(201);
        own.Body["status"]!["expirationTimestamp"]!.ToString().ShouldBe("2026-11-23T12:10:00Z");
        var other = (await api.PostAsync(path, """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":["sts.amazonaws.com"]}}""")).Expect(201);
        (await api.PostAsync(path, """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":60}}""")).Expect(422);

        await ShouldBe("an audience of another", other.Body["status"]!["token"]!.ToString(), 401);
        await ShouldBe("our audience", own.Body["status"]!["token"]!.ToString(), 200);
        api.Server.Requests.Snapshot()[^1].Request.User.ShouldBe("system:serviceaccount:default:robot");
        clock.Advance(TimeSpan.FromMinutes(10));
        await ShouldBe("an expired one", own.Body["status"]!["token"]!.ToString(), 401);

        async Task ShouldBe(string what, string token, int code)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/secrets");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await api.Client.SendAsync(request, api.Cancellation);
            response.StatusCode.ShouldBe((HttpStatusCode)code, what);
        }
    }

    [Fact]
    public async Task A_token_of_a_deleted_account_is_worthless()
    {
        await using var api = await StartAsync();
        var token = api.Server.KubeconfigFor("default", "robot").Split('\n').Single(line => line.Contains("token:", StringComparison.Ordinal)).Split(": ")[1];
        await api.DeleteAsync("/api/v1/namespaces/default/serviceaccounts/robot");
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await api.GetAsync("/api/v1/secrets")).Expect(401);
    }

    [Fact]
    public async Task A_kubeconfig_for_a_missing_namespace_is_refused()
    {
        await using var api = await StartAsync();
        Should.Throw<ArgumentException>(() => api.Server.KubeconfigFor("nope", "robot")).Message.ShouldContain("namespaces \"nope\" not found");
    }

    [Fact]
    public async Task The_log_tells_who_asked_what_and_never_what_was_in_it()
    {
        await using var api = await StartAsync();
        await api.PostAsync(Secrets + "?fieldManager=m", Secret("a", data: "\"a\":\"aHVudGVyMg==\""));
        await api.GetAsync(Secrets + "/a", MetadataOnly);
        var log = api.Server.Requests.Snapshot();
        log.ToString()!.ShouldNotContain("aHVudGVyMg");
        string.Join(" ", log).ShouldNotContain("aHVudGVyMg");
        log[0].StatusCode.ShouldBe(201);
        log[0].Request.ShouldBe(new RequestInfo
        {
            Verb = "create",
            Version = "v1",
            Resource = "secrets",
            Namespace = "default",
            User = "system:admin",
            UserAgent = "tester/1.0",
            Path = Secrets,
            Query = "?fieldManager=m",
            ContentType = "application/json",
        });
        log[1].Request.Accept.ShouldBe(MetadataOnly);
        api.Server.Requests.Count(request => request.IsWrite).ShouldBe(1);
    }

    [Fact]
    public async Task A_body_over_three_mebibytes_is_too_large()
    {
        await using var api = await StartAsync();
        (await api.PostAsync(Secrets, new string(' ', (3 * 1024 * 1024) + 1))).Expect(413);
    }

    [Fact]
    public async Task A_review_allows_everything_and_knows_who_asks()
    {
        await using var api = await StartAsync();
        (await api.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{}}""")).Expect(201)
            .Body["status"]!["allowed"]!.GetValue<bool>().ShouldBeTrue();
        (await api.PostAsync("/apis/authentication.k8s.io/v1/selfsubjectreviews", """{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}""")).Expect(201)
            .Body["status"]!["userInfo"]!["username"]!.ToString().ShouldBe("system:admin");
    }
}
