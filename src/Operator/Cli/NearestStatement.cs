using System.Text.Json.Nodes;
using UploadSessions.Policy;

namespace UploadSessions.Operator.Cli;

/// <summary>The statement that would allow a request but for conditions, those that the request does not meet.</summary>
/// <param name="Number">Of the statement, counted from 1.</param>
/// <param name="Unmet">Each as JSON, and what the request has instead.</param>
internal sealed record NearestStatement(int Number, IReadOnlyList<string> Unmet)
{
    /// <summary>The one with the fewest; null where none fits the action and the resource.</summary>
    public static NearestStatement? Find(PolicyDocument policy, AccessRequest request) => policy.Statements.Index()
        .Where(entry => entry.Item.Effect == PolicyEffect.Allow && Allows(entry.Item, null, request))
        .Select(entry => new NearestStatement(entry.Index + 1, [.. UnmetBy(entry.Item, request)]))
        .MinBy(statement => statement.Unmet.Count);

    private static IEnumerable<string> UnmetBy(PolicyStatement statement, AccessRequest request) =>
        from operation in JsonNode.Parse(statement.Json)!["Condition"]?.AsObject() ?? []
        from key in operation.Value!.AsObject()
        let condition = new JsonObject { [operation.Key] = new JsonObject { [key.Key] = key.Value!.DeepClone() } }
        where !Allows(statement, condition, request)
        select $"{condition.ToJsonString()}: {Told(key.Key, request)}";

    /// <summary>Whether the statement would allow the request if that were its only condition: the evaluator alone knows what a condition means.</summary>
    private static bool Allows(PolicyStatement statement, JsonObject? condition, AccessRequest request)
    {
        var alone = JsonNode.Parse(statement.Json)!.AsObject();
        alone.Remove("Condition");
        if (condition is not null)
            alone["Condition"] = condition.DeepClone();
        var policy = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(alone) };
        return PolicyEvaluator.Evaluate(PolicyDocument.Parse(policy.ToJsonString()), request).Verdict == PolicyVerdict.Allowed;
    }

    private static string Told(string key, AccessRequest request) =>
        request.Context.TryGetValue(key, out var value) ? $"the request's is {VisibleText.Quote(value)}" : $"the request has no {key}";
}
