namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>A node of a YAML or JSON file that knows its line.</summary>
/// <param name="Line">Counted from 1.</param>
internal abstract record ManifestNode(int Line)
{
    /// <summary>What a person would call it.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether it stands for an absent value.</summary>
    public virtual bool IsNull => false;
}

/// <summary>A mapping, in the order of the file.</summary>
internal sealed record ManifestMap(int Line, IReadOnlyList<ManifestEntry> Entries) : ManifestNode(Line)
{
    /// <inheritdoc/>
    public override string Kind => "an object";

    /// <summary>The value of a key; null where it is absent or null.</summary>
    public ManifestNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key)?.Value is { IsNull: false } value ? value : null;
}

/// <summary>One key of a mapping and its value.</summary>
internal sealed record ManifestEntry(string Key, int Line, ManifestNode Value);

/// <summary>A sequence.</summary>
internal sealed record ManifestList(int Line, IReadOnlyList<ManifestNode> Items) : ManifestNode(Line)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>A scalar. Without quotes it may be null, a boolean or a number, as kubectl reads it.</summary>
internal sealed record ManifestScalar(int Line, string Text, ManifestScalarType Type) : ManifestNode(Line)
{
    /// <inheritdoc/>
    public override string Kind => Type switch
    {
        ManifestScalarType.Boolean => "a boolean",
        ManifestScalarType.Number => "a number",
        ManifestScalarType.Null => "null",
        _ => "text",
    };

    /// <inheritdoc/>
    public override bool IsNull => Type == ManifestScalarType.Null;
}

/// <summary>What a scalar is.</summary>
internal enum ManifestScalarType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Nothing.</summary>
    Null,
}
