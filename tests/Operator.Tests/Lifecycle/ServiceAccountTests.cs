using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>Sessions with the identity of a ServiceAccount: from its opt-in to the credentials, and everything that can be missing on the way.</summary>
public abstract class ServiceAccountTests(IApiServer server)
{
    private const string Audience = "uploads.example";

    private static readonly string[] Enabled = ["--grants", "required", "--service-accounts", "enabled", "--token-audience", Audience];

    /// <summary>Any use of these would be refused.</summary>
    private static readonly Dictionary<string, string> NoIdentity = new() { ["AWS_ACCESS_KEY_ID"] = "AKIANOBODYKNOWSTHIS0", ["AWS_SECRET_ACCESS_KEY"] = "none" };

    private static readonly string[] OneIssuance = ["GET secrets", "GET serviceaccounts", "POST serviceaccounts", "PATCH secrets", "PATCH uploadsessions"];

    [Fact]
    public async Task A_session_is_issued_without_a_grant_and_without_an_identity_of_the_operator()
    {
        await using var scene = await SetAsync();
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        scene.StartOperator(NoIdentity, [.. Enabled, "--log-level", "Trace"]);
        await scene.CreateAsync("export", Spec());

        var status = await scene.ReadyAsync("export");
        status["grant"].ShouldBeNull();
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");
        (await Scene.PutAsync(client, "out/a")).ShouldBe("AccessDenied");

        var asked = scene.Aws.StsRequests.ShouldHaveSingleItem();
        (asked.Action, asked.RoleArn, asked.SessionName).ShouldBe(("AssumeRoleWithWebIdentity", Scene.TenantRoleArn, $"{scene.Namespace}.export"));
        scene.OnBehalfOfSessions().ShouldBe(OneIssuance);

        // Every JSON Web Token begins like this.
        (scene.Output + await scene.SecretAsync("export") + await scene.Cluster.SessionAsync(scene.Namespace, "export")).ShouldNotContain("eyJ", Case.Sensitive);
    }

    [Fact]
    public async Task A_token_is_asked_for_STS_alone_for_ten_minutes_and_bound_to_nothing_that_could_outlive_it()
    {
        await using var scene = await SetAsync();
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        JsonNode? asked = null;
        scene.Proxy.Before = async request =>
        {
            if (request.Path.Value!.EndsWith("/serviceaccounts/exporter/token", StringComparison.Ordinal))
            {
                request.EnableBuffering();
                asked = await JsonNode.ParseAsync(request.Body);
                request.Body.Position = 0;
            }

            return null;
        };
        scene.StartOperator(NoIdentity, Enabled);
        await scene.CreateAsync("export", Spec());
        await scene.ReadyAsync("export");

        asked!["spec"]!.ToJsonString().ShouldBe($$"""{"audiences":["{{Audience}}"],"expirationSeconds":600}""");
    }

    [Fact]
    public async Task A_ServiceAccount_must_exist_and_let_sessions_use_it()
    {
        await using var scene = await SetAsync();
        scene.StartOperator(NoIdentity, Enabled);
        await scene.CreateAsync("export", Spec());

        Message(await scene.ReadyAsync("export", "AssumeRoleDenied")).ShouldBe($"ServiceAccountNotFound: the ServiceAccount {scene.Namespace}/exporter does not exist: create it, or change spec.serviceAccountName");
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: false);
        await RetryAsync(scene, "1");
        await scene.StatusAsync("export", status => Message(status).Contains("uploadsession.io/allow", StringComparison.Ordinal), "the opt-in is missing");
        scene.Proxy.Requests.ShouldNotContain(request => request.Method == "POST" && request.Path.Contains("/serviceaccounts/", StringComparison.Ordinal));

        await scene.Cluster.AllowServiceAccountAsync(scene.Namespace, "exporter");
        await RetryAsync(scene, "2");
        await scene.ReadyAsync("export");
    }

    [Fact]
    public async Task A_role_that_trusts_another_ServiceAccount_is_told_with_what_it_must_trust()
    {
        await using var scene = await SetAsync();
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        scene.StartOperator(NoIdentity, Enabled);
        var spec = Spec();
        spec["roleArn"] = "arn:aws:iam::123456789012:role/of-somebody-else";
        await scene.CreateAsync("export", spec);

        var message = Message(await scene.ReadyAsync("export", "AssumeRoleDenied"));
        message.ShouldStartWith("AccessDenied: ");
        message.ShouldContain($"sub system:serviceaccount:{scene.Namespace}:exporter and aud {Audience}");
    }

    [Fact]
    public async Task Keys_that_the_issuer_no_longer_publishes_are_told_after_a_second_try_with_a_fresh_token()
    {
        await using var scene = await SetAsync(() => Task.FromResult("""{"keys":[]}"""));
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        scene.StartOperator(NoIdentity, Enabled);
        await scene.CreateAsync("export", Spec());

        Message(await scene.ReadyAsync("export", "AssumeRoleDenied")).ShouldStartWith("InvalidIdentityToken: ");
        scene.StsCalls.ShouldBe(2);
        scene.Proxy.Requests.Count(request => request.Path.EndsWith("/serviceaccounts/exporter/token", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task An_issuer_that_STS_cannot_reach_is_tried_again()
    {
        var reachable = false;
        Scene? set = null;
        await using var scene = set = await SetAsync(() => reachable ? set!.Cluster.KeySetAsync() : throw new HttpRequestException("no route"));
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        scene.StartOperator(NoIdentity, Enabled);
        await scene.CreateAsync("export", Spec());

        Message(await scene.ReadyAsync("export", "StsUnavailable")).ShouldStartWith("IDPCommunicationError: ");
        reachable = true;
        await scene.ReadyAsync("export");
    }

    [Fact]
    public async Task Where_the_feature_is_off_the_session_says_so()
    {
        await using var scene = await SetAsync();
        scene.StartOperator(NoIdentity, "--grants", "required");
        await scene.CreateAsync("export", Spec());

        Message(await scene.ReadyAsync("export", "InvalidSpec")).ShouldContain("--service-accounts enabled");
        scene.StsCalls.ShouldBe(0);
    }

    [Fact]
    public async Task A_grants_store_gets_tokens_of_its_own_audience()
    {
        await using var scene = await SetAsync();
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        var grant = scene.Grant();
        grant["roleArns"] = new JsonArray(Scene.TenantRoleArn);
        grant["session"] = new JsonObject { ["stsEndpoint"] = scene.Aws.Sts.ToString(), ["s3Endpoint"] = scene.Aws.S3.ToString(), ["tokenAudience"] = Audience };
        await scene.Cluster.CreateGrantAsync(scene.Namespace, grant);
        // The operator's own store is another, with another audience.
        scene.StartOperator(NoIdentity, "--grants", "required", "--service-accounts", "enabled", "--token-audience", "elsewhere");
        await scene.CreateAsync("export", Spec());

        (await scene.ReadyAsync("export"))["grant"]!.GetValue<string>().ShouldBe(scene.Namespace);
    }

    private async Task<Scene> SetAsync(Func<Task<string>>? keySet = null)
    {
        var scene = await Scene.SetWithServiceAccountsAsync(server, Audience, keySet);
        if (server.EnforcesRbac)
            await scene.GiveServiceAccountRightsAsync();
        return scene;
    }

    protected static JsonObject Spec()
    {
        var spec = Scene.Spec();
        spec["roleArn"] = Scene.TenantRoleArn;
        spec["serviceAccountName"] = "exporter";
        return spec;
    }

    protected static string Message(JsonNode status) => Scene.Condition(status, "Ready")!["message"]!.GetValue<string>();

    private static Task<JsonNode> RetryAsync(Scene scene, string token) =>
        scene.PatchAsync("export", $$"""{"metadata":{"annotations":{"uploadsession.io/renew-request":"{{token}}"} } }""");
}

public sealed class EmbeddedServiceAccountTests(EmbeddedServer server) : ServiceAccountTests(server);

public sealed class EnvtestServiceAccountTests(EnvtestServer server) : ServiceAccountTests(server)
{
    private readonly EnvtestServer _server = server;

    [Fact]
    public async Task Without_the_rights_of_docs_install_the_session_names_them()
    {
        await using var scene = await Scene.SetWithServiceAccountsAsync(_server, "uploads.example");
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        scene.StartOperator("--service-accounts", "enabled", "--token-audience", "uploads.example");
        await scene.CreateAsync("export", Spec());

        Message(await scene.ReadyAsync("export", "AssumeRoleDenied")).ShouldStartWith("ServiceAccountForbidden: ");
        scene.StsCalls.ShouldBe(0);
    }

    [Fact]
    public async Task The_rights_of_docs_install_are_for_the_named_ServiceAccount_alone()
    {
        await using var scene = await Scene.SetWithServiceAccountsAsync(_server, "uploads.example");
        await scene.GiveServiceAccountRightsAsync();
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "another", allow: true);
        scene.StartOperator("--service-accounts", "enabled", "--token-audience", "uploads.example");
        var spec = Spec();
        spec["serviceAccountName"] = "another";
        await scene.CreateAsync("export", spec);

        Message(await scene.ReadyAsync("export", "AssumeRoleDenied")).ShouldStartWith("ServiceAccountForbidden: ");
    }
}
