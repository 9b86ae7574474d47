using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Resources;

/// <summary>Translates between a served version of a resource and the version that is stored.</summary>
internal interface IVersionConversion
{
    /// <summary>The stored object in the served version; may change and return its argument.</summary>
    JsonObject ToServed(JsonObject stored);

    /// <summary>The served object in the stored version; may change and return its argument.</summary>
    JsonObject ToStored(JsonObject served);

    /// <summary>The stored name of a selectable field.</summary>
    string StoredField(string field) => field;
}
