using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Tables;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>The columns of <c>kubectl get events</c>, for both groups.</summary>
internal static class EventColumns
{
    public static IReadOnlyList<TableColumn> All { get; } =
    [
        new("Last Seen", "string", LastSeen) { IsAge = true },
        new("Type", "string", obj => obj.Text("type")),
        new("Reason", "string", obj => obj.Text("reason")),
        new("Object", "string", obj => Involved(obj) is { } about ? $"{about.Text("kind")?.ToLowerInvariant()}/{about.Text("name")}" : null),
        new("Subobject", "string", obj => Involved(obj).Text("fieldPath") ?? "") { Priority = 1 },
        new("Source", "string", obj => obj.Text("reportingComponent") ?? obj.Text("reportingController") ?? obj.Child("source").Text("component")) { Priority = 1 },
        new("Message", "string", obj => (obj.Text("message") ?? obj.Text("note"))?.Trim()),
        new("First Seen", "string", obj => obj.Text("firstTimestamp") ?? obj.Text("deprecatedFirstTimestamp") ?? obj.Text("eventTime")) { Priority = 1, IsAge = true },
        new("Count", "string", obj => (obj.Child("series").Integer("count") ?? obj.Integer("count") ?? obj.Integer("deprecatedCount") ?? 1).ToString(System.Globalization.CultureInfo.InvariantCulture)) { Priority = 1 },
        TableColumns.Name with { Priority = 1 },
    ];

    private static JsonObject? Involved(JsonObject obj) => obj.Child("involvedObject") ?? obj.Child("regarding");

    private static JsonNode? LastSeen(JsonObject obj) =>
        obj.Child("series").Text("lastObservedTime") ?? obj.Text("lastTimestamp") ?? obj.Text("deprecatedLastTimestamp") ?? obj.Text("eventTime") ?? obj.Meta().Text("creationTimestamp");
}
