using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>kubectl get, describe, explain and api-resources.</summary>
public abstract class KubectlReadTests(IApiServer server) : KubectlTier(server)
{
    [Fact]
    public async Task Get_prints_our_columns_and_the_usual_forms()
    {
        await RunAsync("apply -f -", Session);
        await ReadyAsync();

        (await RunAsync("get ups")).ShouldMatch(@"^NAME +READY +REASON +BUCKET +PREFIX +EXPIRES +RENEWS +AGE\nexport +True +Issued +team-a-landing +\d+s\n$");
        (await RunAsync("get ups -o wide")).ShouldMatch(@"^NAME +READY +REASON +BUCKET +PREFIX +EXPIRES +RENEWS +ROLE +ACCESSKEY +GRANT +AGE\n");
        (await RunAsync("get uploads -o name")).ShouldContain($"{Named}\n");
        (await RunAsync("get ups export -o json")).ShouldContain("\"bucket\": \"team-a-landing\"");
        (await RunAsync("get ups export -o yaml")).ShouldContain("bucket: team-a-landing");
        (await RunAsync("get ups --no-headers -l nothing=here")).ShouldBe("");
        var (code, _, error) = await Kubectl.TryAsync("get ups absent");
        code.ShouldBe(1);
        error.ShouldBe("Error from server (NotFound): uploadsessions.uploadsession.io \"absent\" not found\n");
        (await Kubectl.TryAsync("get nothings")).Error.ShouldContain("the server doesn't have a resource type \"nothings\"");
    }

    [Fact]
    public async Task Describe_shows_the_object_and_its_events()
    {
        await RunAsync("apply -f -", Session);
        var uid = await RunAsync("get ups export -o jsonpath={.metadata.uid}");
        var told = Event("export.1", Api.Namespace).Replace("7e5c9b52-0000-4000-8000-000000000000", uid, StringComparison.Ordinal);
        (await Api.PostAsync(Api.Events, told)).Expect(201);

        var described = await RunAsync("describe ups export");

        described.ShouldMatch("Bucket: +team-a-landing");
        described.ShouldMatch("Normal +Issued .*uploadsession.io/operator +credentials issued");
        (await RunAsync("get events")).ShouldMatch("Normal +Issued +uploadsession/export +credentials issued");
    }

    [Fact]
    public async Task Describe_of_a_Secret_keeps_its_values_to_itself()
    {
        await RunAsync("create secret generic s --from-literal=key=value");
        (await RunAsync("describe secret s")).ShouldMatch("key: +5 bytes");
        (await RunAsync("get secrets")).ShouldMatch(@"s +Opaque +1 +\d+s");
    }

    [Fact]
    public async Task Explain_quotes_our_definition()
    {
        // A real server publishes definitions in the background.
        await Eventually.HoldsAsync(async () => (await Kubectl.TryAsync("explain uploadsession.spec")).Code == 0, "our definition is published");
        (await RunAsync("explain uploadsession.spec")).ShouldMatch(@"roleArn\s+<string>");
        (await RunAsync("explain uploadsession.spec.bucket")).ShouldMatch(@"FIELD: +bucket <string>");
    }

    [Fact]
    public async Task Api_resources_lists_ours()
    {
        (await RunAsync("api-resources --api-group=uploadsession.io")).ShouldMatch(@"uploadsessions +ups +uploadsession.io(/v1alpha1)? +true +UploadSession");
        (await RunAsync("api-versions")).ShouldContain("uploadsession.io/v1alpha1\n");
        (await RunAsync("auth can-i create secrets")).ShouldBe("yes\n");
    }
}

public sealed class EmbeddedKubectlReadTests(EmbeddedServer server) : KubectlReadTests(server);

public sealed class EnvtestKubectlReadTests(EnvtestServer server) : KubectlReadTests(server);
