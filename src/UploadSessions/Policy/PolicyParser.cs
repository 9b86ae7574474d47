using System.Text.Json;

namespace UploadSessions.Policy;

/// <summary>Reads policy JSON. What it does not understand it refuses: a policy half understood is judged wrongly.</summary>
internal static class PolicyParser
{
    private const string SupportedVersion = "2012-10-17";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static PolicyDocument Parse(string json)
    {
        try
        {
            return Read(json);
        }
        catch (InvalidOperationException e)
        {
            // Of a name or a value with an escape that is half of a surrogate pair.
            throw new PolicyFormatException("the policy holds text that is not valid Unicode", e);
        }
    }

    private static PolicyDocument Read(string json)
    {
        using var document = Load(json);
        var root = document.RootElement;
        RequireKnownElements(root, "the policy", "Version", "Id", "Statement");
        ReadVersion(root);
        if (!root.TryGetProperty("Statement", out var statement))
            throw new PolicyFormatException("the policy has no Statement");

        var elements = statement.ValueKind == JsonValueKind.Array ? statement.EnumerateArray().ToArray() : [statement];
        if (elements.Length == 0)
            throw new PolicyFormatException("Statement is empty");
        return new PolicyDocument([.. elements.Select(ReadStatement)]);
    }

    private static JsonDocument Load(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        catch (JsonException e)
        {
            throw new PolicyFormatException($"the policy is not valid JSON: {e.Message}", e);
        }
    }

    private static void ReadVersion(JsonElement root)
    {
        if (!root.TryGetProperty("Version", out var version))
            throw new PolicyFormatException($"the policy has no Version; supported is \"{SupportedVersion}\"");
        if (version.ValueKind != JsonValueKind.String || version.GetString() != SupportedVersion)
            throw new PolicyFormatException($"Version is {version.GetRawText()}; supported is \"{SupportedVersion}\"");
    }

    private static PolicyStatement ReadStatement(JsonElement element, int index)
    {
        var where = $"Statement[{index}]";
        RequireKnownElements(element, where, "Sid", "Effect", "Action", "Resource", "Condition");
        return new PolicyStatement(
            ReadEffect(element, where),
            ReadPatterns(element, "Action", where),
            ReadPatterns(element, "Resource", where),
            ReadConditions(element, where),
            element.GetRawText());
    }

    private static PolicyEffect ReadEffect(JsonElement statement, string where)
    {
        var effect = Require(statement, "Effect", where);
        return (effect.ValueKind == JsonValueKind.String ? effect.GetString() : null) switch
        {
            "Allow" => PolicyEffect.Allow,
            "Deny" => PolicyEffect.Deny,
            _ => throw new PolicyFormatException($"{where}.Effect is {effect.GetRawText()}; it must be \"Allow\" or \"Deny\""),
        };
    }

    private static PolicyPattern[] ReadPatterns(JsonElement statement, string name, string where)
    {
        var texts = ReadTexts(Require(statement, name, where), $"{where}.{name}");
        return [.. texts.Select(text => Located($"{where}.{name}", () => PolicyPattern.Parse(text, wildcards: true)))];
    }

    private static PolicyCondition[] ReadConditions(JsonElement statement, string where)
    {
        if (!statement.TryGetProperty("Condition", out var block))
            return [];
        var path = $"{where}.Condition";
        RequireObject(block, path);
        return
        [
            .. from operation in block.EnumerateObject()
               from key in Members(operation.Value, $"{path}.{operation.Name}")
               select ReadCondition(operation.Name, key, path),
        ];
    }

    private static PolicyCondition ReadCondition(string operation, JsonProperty key, string where)
    {
        where = $"{where}.{operation}.{key.Name}";
        var values = ReadTexts(key.Value, where);
        return Located(where, () => PolicyCondition.Create(operation, key.Name, values));
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string where)
    {
        RequireObject(element, where);
        return element.EnumerateObject();
    }

    /// <summary>One value or an array of values; true, false and numbers count as their text, as in IAM.</summary>
    private static string[] ReadTexts(JsonElement element, string where)
    {
        var values = element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().ToArray() : [element];
        if (values.Length == 0)
            throw new PolicyFormatException($"{where} is empty");
        return [.. values.Select(value => ReadText(value, where))];
    }

    private static string ReadText(JsonElement value, string where) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => value.GetString()!,
        _ => throw new PolicyFormatException($"{where} must be text or an array of text"),
    };

    private static JsonElement Require(JsonElement element, string name, string where) =>
        element.TryGetProperty(name, out var value) ? value : throw new PolicyFormatException($"{where} has no {name}");

    private static void RequireObject(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new PolicyFormatException($"{where} must be a JSON object");
    }

    private static void RequireKnownElements(JsonElement element, string where, params ReadOnlySpan<string> known)
    {
        RequireObject(element, where);
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new PolicyFormatException($"{where} has the element {member.Name}, which is not supported; supported are {string.Join(", ", known)}");
        }
    }

    private static T Located<T>(string where, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PolicyFormatException e)
        {
            throw new PolicyFormatException($"{where}: {e.Message}", e);
        }
    }
}
