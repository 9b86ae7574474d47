using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Discovery;

/// <summary>A resource that is only asked by create and stored nowhere.</summary>
internal sealed record VirtualResource(string Group, string Version, string Plural, string Kind, Func<JsonObject, string, JsonObject> Status)
{
    /// <summary>The object sent, with the answer in its status.</summary>
    public JsonObject Answer(JsonObject sent, string user)
    {
        var answer = sent.Copy();
        (answer["kind"], answer["apiVersion"]) = (Kind, $"{Group}/{Version}");
        answer.Meta();
        answer["status"] = Status(sent, user);
        return answer;
    }

    public JsonObject Entry() => new()
    {
        ["name"] = Plural,
        ["singularName"] = Kind.ToLowerInvariant(),
        ["namespaced"] = false,
        ["kind"] = Kind,
        ["verbs"] = new JsonArray("create"),
    };
}

/// <summary>Reviews: who am I, and may I. Authorization is not enforced here, so everything is allowed.</summary>
internal static class VirtualResources
{
    public static IReadOnlyList<VirtualResource> All { get; } =
    [
        new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", (_, _) => new() { ["allowed"] = true }),
        new("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", (_, _) => new()
        {
            ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }),
            ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") }),
            ["incomplete"] = false,
        }),
        new("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", (_, user) => new() { ["userInfo"] = new JsonObject { ["username"] = user } }),
    ];

    public static VirtualResource? Find(string group, string version, string plural) =>
        All.FirstOrDefault(resource => resource.Group == group && resource.Version == version && resource.Plural == plural);
}
