using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>How to delete (API Reference, "DeleteOptions").</summary>
internal sealed record DeleteOptions
{
    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    /// <summary>Background, Foreground or Orphan; null is Background.</summary>
    public string? Propagation { get; init; }

    public bool DryRun { get; init; }

    public static async Task<DeleteOptions> ReadAsync(ApiRequest request)
    {
        var body = await request.ReadBodyAsync() as JsonObject;
        var preconditions = body.Child("preconditions");
        return new()
        {
            Uid = preconditions.Text("uid"),
            ResourceVersion = preconditions.Text("resourceVersion"),
            Propagation = body.Text("propagationPolicy")
                ?? (request.Query("propagationPolicy") is { Length: > 0 } asked ? asked : null)
                ?? (body.Flag("orphanDependents") ? "Orphan" : null),
            DryRun = request.IsDryRun || body.List("dryRun").Texts().Contains("All"),
        };
    }
}
