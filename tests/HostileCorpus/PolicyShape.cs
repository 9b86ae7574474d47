using System.Text.Json;
using UploadSessions.Policy;

namespace HostileCorpus;

/// <summary>Whether a policy has the form that a session's policy has, and not a character more: as many statements as were asked for, each with one resource, whose only wildcard is its last character.</summary>
public static class PolicyShape
{
    private static readonly string[] Escapes = ["${*}", "${?}", "${$}"];

    /// <summary>What is wrong; null: nothing.</summary>
    public static string? Problem(string policy, Bounds bounds)
    {
        if (!policy.All(c => c is '\t' or '\n' or '\r' or (>= ' ' and <= '\u00ff')))
            return "holds a character that STS does not take";
        using var document = JsonDocument.Parse(policy, new() { AllowDuplicateProperties = false });
        var root = document.RootElement;
        if (string.Join(',', root.EnumerateObject().Select(member => member.Name)) != "Version,Statement")
            return "has other members than Version and Statement";
        var statements = root.GetProperty("Statement").EnumerateArray().ToArray();
        return statements.Length != Expected(bounds) ? $"has {statements.Length} statements" : statements.Select(Problem).FirstOrDefault(problem => problem is not null);
    }

    private static int Expected(Bounds bounds) =>
        (bounds.Access.Any(access => access != "List") ? 1 : 0) + (bounds.Access.Contains("List") ? 1 : 0) + (bounds.KmsKeyArn is null ? 0 : 1) + (bounds.Ends ? 1 : 0);

    private static string? Problem(JsonElement statement)
    {
        string[] names = [.. statement.EnumerateObject().Select(member => member.Name)];
        if (names is not ["Effect", "Action", "Resource"] and not ["Effect", "Action", "Resource", "Condition"])
            return $"has a statement of {string.Join(',', names)}";
        var resource = statement.GetProperty("Resource").GetString()!;
        if (statement.GetProperty("Effect").GetString() == "Deny")
            return resource == "*" ? null : "denies on something only";
        if (Wild(resource) is not ("" or "*"))
            return $"has the wildcards {Wild(resource)} in {resource}";
        return statement.TryGetProperty("Condition", out var conditions) ? Problem(conditions, conditions.EnumerateObject()) : null;
    }

    private static string? Problem(JsonElement conditions, JsonElement.ObjectEnumerator operators)
    {
        foreach (var operation in operators)
        {
            foreach (var key in operation.Value.EnumerateObject())
            {
                var values = key.Value.ValueKind == JsonValueKind.Array ? key.Value.EnumerateArray().ToArray() : [key.Value];
                if (values.Any(value => Wild(value.GetString()!) is not "" and not "*") || (operation.Name != "StringLike" && values.Any(value => Wild(value.GetString()!) != "")))
                    return $"has a wildcard in {conditions.GetRawText()}";
            }
        }

        return null;
    }

    /// <summary>The wildcards and variables of a text, those that stand for themselves taken out; a star at its end is "*".</summary>
    private static string Wild(string text)
    {
        foreach (var escape in Escapes)
            text = text.Replace(escape, "", StringComparison.Ordinal);
        var wild = string.Concat(text.Where(c => c is '*' or '?' or '$'));
        return wild == "*" && !text.EndsWith('*') ? "* within" : wild;
    }

    /// <summary>Whether STS would refuse it for its size.</summary>
    public static bool IsTooLarge(string policy) => policy.Length > SessionPolicy.MaxLength;
}
