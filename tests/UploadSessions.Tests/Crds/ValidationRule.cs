using System.Text.Json;
using System.Text.Json.Nodes;
using Cel;

namespace UploadSessions.Tests.Crds;

/// <summary>A CEL rule of a CRD (<c>x-kubernetes-validations</c>), which API servers evaluate since Kubernetes 1.25.</summary>
internal sealed class ValidationRule(string path, string rule, string message)
{
    private readonly CelProgramDelegate _program = new CelEnvironment(null, null).Compile(rule);

    /// <summary>The path of the schema that it is a rule of.</summary>
    public string Path { get; } = path;

    /// <summary>What a person is told whose object breaks it.</summary>
    public string Message { get; } = message;

    /// <summary>Whether the rule holds. One that cannot be evaluated, such as that of a duration beyond all bounds, does not.</summary>
    public bool Allows(JsonNode? value)
    {
        try
        {
            return _program(new Dictionary<string, object?> { ["self"] = ValueOf(value) }) is true;
        }
        catch (CelException)
        {
            return false;
        }
    }

    public override string ToString() => $"{Path}: {Message}";

    private static object? ValueOf(JsonNode? node) => node switch
    {
        JsonObject map => map.ToDictionary(member => member.Key, member => ValueOf(member.Value)),
        JsonArray list => list.Select(ValueOf).ToArray(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => value.GetValue<long>(),
        },
        _ => null,
    };
}
