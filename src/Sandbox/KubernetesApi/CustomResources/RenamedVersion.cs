using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.CustomResources;

/// <summary>The conversion strategy <c>None</c>: versions differ in their apiVersion only.</summary>
internal sealed class RenamedVersion(string served, string stored) : IVersionConversion
{
    public JsonObject ToServed(JsonObject obj) => With(obj, served);

    public JsonObject ToStored(JsonObject obj) => With(obj, stored);

    private static JsonObject With(JsonObject obj, string apiVersion)
    {
        obj["apiVersion"] = apiVersion;
        return obj;
    }
}
