using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>Turns nodes into JSON of a type of ours. Unknown fields and wrong types are errors here, as they are for the API server.</summary>
internal sealed class ShapeReader
{
    private readonly List<ManifestError> _errors = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>What did not fit; such fields are left out of the JSON.</summary>
    public IReadOnlyList<ManifestError> Errors => _errors;

    /// <summary>The line of each field that was found, by its path.</summary>
    public IReadOnlyDictionary<string, int> Lines => _lines;

    /// <summary>Reads a node; null where it is absent or of the wrong type.</summary>
    public JsonNode? Read(ManifestNode node, JsonTypeInfo type, string path)
    {
        _lines[path] = node.Line;
        return (type.Kind, node) switch
        {
            (_, { IsNull: true }) => null,
            (JsonTypeInfoKind.Object, ManifestMap map) => ReadObject(map, type, path),
            (JsonTypeInfoKind.Dictionary, ManifestMap map) => ReadDictionary(map, type, path),
            (JsonTypeInfoKind.Enumerable, ManifestList list) => ReadList(list, type, path),
            (JsonTypeInfoKind.None, ManifestScalar { Type: ManifestScalarType.Boolean } scalar) when type.Type == typeof(bool?) => ScalarTypes.IsTrue(scalar.Text),
            (JsonTypeInfoKind.None, ManifestScalar { Type: ManifestScalarType.Text } scalar) when type.Type == typeof(string) => scalar.Text,
            _ => WrongType(node, type, path),
        };
    }

    private JsonObject ReadObject(ManifestMap map, JsonTypeInfo type, string path)
    {
        var json = new JsonObject();
        foreach (var entry in map.Entries)
        {
            if (type.Properties.FirstOrDefault(property => property.Name == entry.Key) is { } property)
                json[entry.Key] = Read(entry.Value, Info(property.PropertyType), $"{path}.{entry.Key}");
            else
                _errors.Add(new ManifestError(entry.Line, $"{path}.{entry.Key}", $"is unknown; known are {string.Join(", ", type.Properties.Select(known => known.Name))}"));
        }

        return json;
    }

    private JsonObject ReadDictionary(ManifestMap map, JsonTypeInfo type, string path)
    {
        var json = new JsonObject();
        foreach (var entry in map.Entries)
        {
            if (Read(entry.Value, Info(type.ElementType!), $"{path}.{entry.Key}") is { } value)
                json[entry.Key] = value;
        }

        return json;
    }

    private JsonArray ReadList(ManifestList list, JsonTypeInfo type, string path)
    {
        var json = new JsonArray();
        foreach (var (index, item) in list.Items.Index())
        {
            if (Read(item, Info(type.ElementType!), $"{path}[{index}]") is { } value)
                json.Add(value);
        }

        return json;
    }

    private JsonNode? WrongType(ManifestNode node, JsonTypeInfo type, string path)
    {
        var hint = type.Type == typeof(string) && node is ManifestScalar ? ": put it in quotes" : "";
        _errors.Add(new ManifestError(node.Line, path, $"is {node.Kind}; accepted is {Accepted(type)}{hint}"));
        return null;
    }

    private static string Accepted(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Enumerable => "a list of text",
        JsonTypeInfoKind.None when type.Type == typeof(bool?) => "true or false",
        JsonTypeInfoKind.None => "text",
        _ => "an object",
    };

    private static JsonTypeInfo Info(Type type) =>
        ResourceJson.Default.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is not part of the resource types");
}
