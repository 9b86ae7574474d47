using System.Text.Json;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>Finds the UploadSessions of a file.</summary>
internal sealed class ManifestReader
{
    private const string DefaultNamespace = "default";

    private readonly List<ManifestSession> _sessions = [];
    private readonly List<ManifestError> _skipped = [];

    private ManifestReader()
    {
    }

    /// <summary>The sessions of all documents, and what else was found and skipped.</summary>
    /// <exception cref="ManifestException">The text is not YAML or JSON.</exception>
    public static (IReadOnlyList<ManifestSession> Sessions, IReadOnlyList<ManifestError> Skipped) Read(string text)
    {
        var reader = new ManifestReader();
        foreach (var document in YamlReader.Read(text))
            reader.ReadDocument(document);
        return (reader._sessions, reader._skipped);
    }

    private void ReadDocument(ManifestNode document)
    {
        if (document.IsNull)
            return;
        if (document is not ManifestMap map)
            throw new ManifestException(new ManifestError(document.Line, "", $"is {document.Kind}; accepted is a Kubernetes object"));
        switch (Text(map, "kind"))
        {
            case UploadSession.KindName:
                _sessions.Add(ReadSession(map));
                break;
            case "List" or UploadSession.KindName + "List" when map.Find("items") is ManifestList list:
                foreach (var item in list.Items)
                    ReadDocument(item);
                break;
            case var other:
                _skipped.Add(new ManifestError(map.Line, "", $"skipped: the kind is {other ?? "missing"}, not {UploadSession.KindName}"));
                break;
        }
    }

    private static ManifestSession ReadSession(ManifestMap map)
    {
        var shape = new ShapeReader();
        var spec = map.Find("spec") is { } node && shape.Read(node, ResourceJson.Default.UploadSessionSpec, "spec") is { } json
            ? json.Deserialize(ResourceJson.Default.UploadSessionSpec)!
            : new UploadSessionSpec();
        var metadata = ReadMetadata(map.Find("metadata") as ManifestMap);
        var session = new UploadSession { Metadata = metadata, Spec = spec };
        return new ManifestSession(session, map.Line, shape.Lines, [.. EnvelopeErrors(map, metadata), .. shape.Errors]);
    }

    private static ObjectMeta ReadMetadata(ManifestMap? metadata) => new()
    {
        Name = Text(metadata, "name") ?? "",
        Namespace = Text(metadata, "namespace") ?? DefaultNamespace,
        Uid = Text(metadata, "uid") ?? "",
        CreationTimestamp = Rfc3339.TryParse(Text(metadata, "creationTimestamp"), out var created) ? created : default,
    };

    private static IEnumerable<ManifestError> EnvelopeErrors(ManifestMap map, ObjectMeta metadata)
    {
        const string ApiVersion = $"{UploadSession.Group}/{UploadSession.Version}";
        if (Text(map, "apiVersion") != ApiVersion)
            yield return new ManifestError((map.Find("apiVersion") ?? map).Line, "apiVersion", $"is not known; accepted is {ApiVersion}");
        if (metadata.Name.Length == 0)
            yield return new ManifestError((map.Find("metadata") ?? map).Line, "metadata.name", "is required: the name of the session, as text");
        else if (ObjectNames.SubdomainProblem(metadata.Name) is { } unusable)
            yield return new ManifestError(LineOf(map, "name"), "metadata.name", $"{VisibleText.Quote(metadata.Name)} is not the name of a session; {unusable}");
        if (ObjectNames.LabelProblem(metadata.Namespace) is { } problem)
            yield return new ManifestError(LineOf(map, "namespace"), "metadata.namespace", $"{VisibleText.Quote(metadata.Namespace)} is not the name of a namespace; {problem}");
    }

    private static int LineOf(ManifestMap map, string field) => ((map.Find("metadata") as ManifestMap)?.Find(field) ?? map).Line;

    private static string? Text(ManifestMap? map, string key) =>
        map?.Find(key) is ManifestScalar { Type: ManifestScalarType.Text } scalar ? scalar.Text : null;
}
