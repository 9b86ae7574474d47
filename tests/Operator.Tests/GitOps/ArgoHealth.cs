using System.Globalization;
using System.Text.Json.Nodes;
using NLua;

namespace Operator.Tests.GitOps;

/// <summary>Runs the health check of docs/gitops as Argo CD does: the object is the global <c>obj</c>, and a table comes back.</summary>
internal static class ArgoHealth
{
    private static readonly string Script = File.ReadAllText(Path.Combine(Repository.Root, "docs", "gitops", "argocd-health.lua"));

    public static (string Status, string Message) Of(JsonNode @object)
    {
        using var lua = new Lua();
        var result = (LuaTable)lua.DoString($"obj = {Literal(@object)}\n{Script}")[0];
        return ((string)result["status"], (string)result["message"]);
    }

    private static string Literal(JsonNode? node) => node switch
    {
        null => "nil",
        JsonObject map => $"{{{string.Join(", ", map.Select(pair => $"[{Text(pair.Key)}] = {Literal(pair.Value)}"))}}}",
        JsonArray list => $"{{{string.Join(", ", list.Select(Literal))}}}",
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        _ => node.ToJsonString(),
    };

    private static string Text(string text) =>
        $"\"{string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{{{(int)letter:x}}}")))}\"";
}
