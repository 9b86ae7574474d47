using System.Text.Json.Nodes;

namespace Operator.Tests.Conformance;

/// <summary>What a server answered.</summary>
public sealed record Answer(int Status, string Text)
{
    public JsonObject Body => (JsonObject)JsonNode.Parse(Text)!;

    public JsonNode? this[string field] => Body[field];

    public string Kind => $"{Body["apiVersion"]}/{Body["kind"]}";

    public string Reason => Body["reason"]?.ToString() ?? "";

    public string Message => Body["message"]?.ToString() ?? "";

    /// <summary>The object of a Status error: <c>kind.group/name</c>.</summary>
    public string About => Body["details"] is { } details ? $"{details["kind"]}.{details["group"]}/{details["name"]}" : "";

    /// <summary>The causes of a Status error, as <c>reason field</c>, in the order of the alphabet.</summary>
    public IReadOnlyList<string> Causes => [.. CausesOfFields.Select(cause => $"{cause["reason"]} {cause["field"]}").Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> CauseFields => [.. CausesOfFields.Select(cause => cause["field"]!.ToString()).Distinct().Order(StringComparer.Ordinal)];

    public JsonObject Metadata => (JsonObject)Body["metadata"]!;

    public string Version => Metadata["resourceVersion"]!.ToString();

    public string Uid => Metadata["uid"]!.ToString();

    public int Generation => Metadata["generation"]!.GetValue<int>();

    public IReadOnlyList<JsonNode> Items => List(Body["items"]);

    /// <summary>The names in a list, in the order of the alphabet: a list from a server's cache has no order.</summary>
    public IReadOnlyList<string> Names => [.. Items.Select(item => item["metadata"]!["name"]!.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Who wrote what, as <c>manager/operation</c> to the fields.</summary>
    public IReadOnlyDictionary<string, JsonNode> Owners =>
        List(Metadata["managedFields"]).ToDictionary(entry => $"{entry["manager"]}/{entry["operation"]}", entry => entry["fieldsV1"]!);

    public Answer Expect(int status, string? reason = null)
    {
        Status.ShouldBe(status, Text);
        if (reason is not null)
            Reason.ShouldBe(reason, Text);
        return this;
    }

    /// <summary>Without the remark of newer servers that rules are not evaluated of what the schema refuses: it is of no field.</summary>
    private IEnumerable<JsonNode> CausesOfFields => List(Body["details"]?["causes"]).Where(cause => cause["field"]!.ToString() != "<nil>");

    private static IReadOnlyList<JsonNode> List(JsonNode? list) => [.. (list as JsonArray ?? []).Select(entry => entry!)];
}
