using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Json;

/// <summary>Access to the parts of an object's metadata.</summary>
internal static class Metadata
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static JsonObject Meta(this JsonObject obj) => obj.Ensure("metadata");

    public static string Name(this JsonObject obj) => obj.Child("metadata").Text("name") ?? "";

    public static string Namespace(this JsonObject obj) => obj.Child("metadata").Text("namespace") ?? "";

    public static string Uid(this JsonObject obj) => obj.Child("metadata").Text("uid") ?? "";

    public static string ResourceVersion(this JsonObject obj) => obj.Child("metadata").Text("resourceVersion") ?? "";

    public static bool IsBeingDeleted(this JsonObject obj) => obj.Child("metadata")?["deletionTimestamp"] is not null;

    public static IEnumerable<string> Finalizers(this JsonObject obj) => obj.Child("metadata").List("finalizers").Texts();

    /// <summary>The time as Kubernetes writes it: UTC, whole seconds.</summary>
    public static string ToKubernetesTime(this DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Sets a property, or removes it when the value is null.</summary>
    public static void Put(this JsonObject obj, string name, JsonNode? value)
    {
        if (value is null)
        {
            obj.Remove(name);
        }
        else
        {
            obj[name] = value.Parent is null ? value : value.DeepClone();
        }
    }
}
