using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>events.k8s.io/v1 over the stored core/v1 events: the same facts under other names.</summary>
internal sealed class EventConversion : IVersionConversion
{
    private static readonly (string Served, string Stored)[] Names =
    [
        ("regarding", "involvedObject"),
        ("note", "message"),
        ("reportingController", "reportingComponent"),
        ("deprecatedSource", "source"),
        ("deprecatedFirstTimestamp", "firstTimestamp"),
        ("deprecatedLastTimestamp", "lastTimestamp"),
        ("deprecatedCount", "count"),
    ];

    public JsonObject ToServed(JsonObject stored)
    {
        stored["apiVersion"] = "events.k8s.io/v1";
        foreach (var (served, name) in Names)
        {
            Rename(stored, name, served);
        }

        return stored;
    }

    public JsonObject ToStored(JsonObject served)
    {
        served["apiVersion"] = "v1";
        foreach (var (name, stored) in Names)
        {
            Rename(served, name, stored);
        }

        return served;
    }

    public string StoredField(string field) =>
        Names.Where(name => field == name.Served || field.StartsWith(name.Served + ".", StringComparison.Ordinal))
            .Select(name => name.Stored + field[name.Served.Length..]).FirstOrDefault() ?? field;

    private static void Rename(JsonObject obj, string from, string to)
    {
        if (obj.TryGetPropertyValue(from, out var value))
        {
            obj.Remove(from);
            obj[to] = value;
        }
    }
}
