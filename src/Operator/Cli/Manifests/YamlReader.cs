using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>Reads the documents of a YAML stream; JSON is YAML too.</summary>
internal sealed class YamlReader
{
    // Far beyond any manifest, and far below what the stack holds.
    private const int MaxDepth = 64;

    private readonly IParser _parser;
    private readonly Dictionary<AnchorName, ManifestNode> _anchors = [];

    private YamlReader(IParser parser) => _parser = parser;

    /// <summary>The roots of all documents.</summary>
    /// <exception cref="ManifestException">The text is not YAML, repeats a key or nests too deep.</exception>
    public static IReadOnlyList<ManifestNode> Read(string text)
    {
        try
        {
            return new YamlReader(new Parser(new StringReader(text))).ReadStream();
        }
        catch (YamlException e)
        {
            throw new ManifestException(new ManifestError(Line(e.End), "", $"is not valid YAML: {e.Message}"));
        }
    }

    private List<ManifestNode> ReadStream()
    {
        var documents = new List<ManifestNode>();
        _parser.Consume<StreamStart>();
        while (!_parser.TryConsume<StreamEnd>(out _))
        {
            _parser.Consume<DocumentStart>();
            documents.Add(ReadNode(depth: 0));
            _parser.Consume<DocumentEnd>();
            _anchors.Clear();
        }

        return documents;
    }

    private ManifestNode ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return _anchors.GetValueOrDefault(alias.Value) ?? throw Broken(alias.Start, $"the alias *{alias.Value} names no anchor before it");

        var start = _parser.Consume<NodeEvent>();
        if (depth > MaxDepth)
            throw Broken(start.Start, $"is nested more than {MaxDepth} levels deep");
        ManifestNode node = start switch
        {
            MappingStart => ReadMap(Line(start.Start), depth),
            SequenceStart => ReadList(Line(start.Start), depth),
            Scalar scalar => new ManifestScalar(Line(start.Start), scalar.Value, ScalarTypes.Of(scalar)),
            _ => throw Broken(start.Start, "is not valid YAML"),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = node;
        return node;
    }

    private ManifestMap ReadMap(int line, int depth)
    {
        var entries = new List<ManifestEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(depth + 1) is not ManifestScalar key)
                throw Broken(_parser.Current!.Start, "has a key that is not text");
            if (!seen.Add(key.Text))
                throw new ManifestException(new ManifestError(key.Line, "", $"the key {key.Text} is repeated"));
            entries.Add(new ManifestEntry(key.Text, key.Line, ReadNode(depth + 1)));
        }

        return new ManifestMap(line, entries);
    }

    private ManifestList ReadList(int line, int depth)
    {
        var items = new List<ManifestNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return new ManifestList(line, items);
    }

    private static ManifestException Broken(Mark mark, string message) => new(new ManifestError(Line(mark), "", message));

    private static int Line(Mark mark) => (int)mark.Line;
}
