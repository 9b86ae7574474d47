using YamlDotNet.RepresentationModel;

namespace UploadSessions.Tests.Crds;

/// <summary>A CustomResourceDefinition.</summary>
internal sealed class Crd
{
    public static readonly Crd Sessions = new("uploadsessions");

    public static readonly Crd Grants = new("uploadgrants");

    public static readonly Crd[] All = [Sessions, Grants];

    private Crd(string plural)
    {
        Plural = plural;
        Definition = (YamlMappingNode)Load($"uploadsession.io_{plural}.yaml")["spec"];
        Version = (YamlMappingNode)Definition["versions"][0];
        Root = (YamlMappingNode)Version["schema"]["openAPIV3Schema"];
        Spec = Property(Root, "spec");
    }

    public string Plural { get; }

    public YamlMappingNode Definition { get; }

    public YamlMappingNode Version { get; }

    public YamlMappingNode Root { get; }

    public YamlMappingNode Spec { get; }

    /// <summary>The root and all beneath it, with their paths.</summary>
    public IEnumerable<(string Path, YamlMappingNode Schema)> Walk() => Walk(Plural, Root);

    /// <summary>The names of the columns that kubectl shows, or shows with <c>-o wide</c> only.</summary>
    public IEnumerable<string> Columns(bool wide) =>
        ((YamlSequenceNode)Version["additionalPrinterColumns"]).Where(column => Text(column, "priority") == "1" == wide).Select(column => Text(column, "name")!);

    public static YamlMappingNode Find(string path) => All.SelectMany(crd => crd.Walk()).Single(found => found.Path == path).Schema;

    public static YamlMappingNode Property(YamlMappingNode schema, string name) => (YamlMappingNode)schema["properties"][name];

    /// <summary>The names of a schema's properties.</summary>
    public static IEnumerable<string> PropertyNames(YamlMappingNode schema) =>
        Child(schema, "properties") is YamlMappingNode properties ? properties.Children.Keys.Select(Text) : [];

    public static YamlNode? Child(YamlNode node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null;

    public static string? Text(YamlNode node, string key) => Child(node, key) is YamlScalarNode scalar ? scalar.Value : null;

    /// <summary>A schema and all beneath it, with their paths.</summary>
    private static IEnumerable<(string Path, YamlMappingNode Schema)> Walk(string path, YamlMappingNode schema)
    {
        yield return (path, schema);
        var children = PropertyNames(schema).Select(name => ($"{path}.{name}", (YamlNode?)Property(schema, name)))
            .Append(($"{path}[]", Child(schema, "items")))
            .Append(($"{path}.*", Child(schema, "additionalProperties")));
        foreach (var (childPath, child) in children)
        {
            if (child is not YamlMappingNode map)
                continue;
            foreach (var found in Walk(childPath, map))
                yield return found;
        }
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlNode Load(string file)
    {
        using var reader = File.OpenText(Path.Combine(AppContext.BaseDirectory, "crds", file));
        var stream = new YamlStream();
        stream.Load(reader);
        return stream.Documents.ShouldHaveSingleItem().RootNode;
    }
}
