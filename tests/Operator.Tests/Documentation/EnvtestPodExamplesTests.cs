using Operator.Tests.Conformance;

namespace Operator.Tests.Documentation;

/// <summary>A real kube-apiserver takes the example pods (a server-side apply with dry-run, which checks every field).</summary>
public sealed class EnvtestPodExamplesTests(EnvtestServer server) : IAsyncLifetime
{
    private ApiClient _api = null!;

    public static TheoryData<string> Examples => [.. PodExamples.Names];

    public async ValueTask InitializeAsync()
    {
        server.Require();
        _api = await ApiClient.InNewNamespaceAsync(server);
    }

    public ValueTask DisposeAsync()
    {
        _api?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_server_takes_it(string name)
    {
        var manifest = PodExamples.Read(name);
        manifest["metadata"]!["namespace"] = _api.Namespace;
        var path = $"/apis/{manifest["apiVersion"]}/namespaces/{_api.Namespace}/{manifest["kind"]!.GetValue<string>().ToLowerInvariant()}s/{manifest["metadata"]!["name"]}";

        var answer = await _api.PatchAsync($"{path}?dryRun=All&fieldManager=test&force=true", ApiClient.ApplyPatch, manifest.ToJsonString());

        answer.Status.ShouldBeOneOf([200, 201], answer.Text);
    }
}
