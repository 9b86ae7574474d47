namespace Sandbox.KubernetesApi.Protobuf;

/// <summary>What a field of a message holds.</summary>
internal enum ProtoKind
{
    Text,
    Integer,
    Flag,

    /// <summary>Base64 in JSON.</summary>
    Bytes,

    /// <summary>A Time or MicroTime message: seconds and nanoseconds.</summary>
    Time,

    Message,
    TextMap,
    BytesMap,
}

/// <summary>One field of a message.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record ProtoField(string Name, ProtoKind Kind)
{
    /// <summary>The fields of a message, by number.</summary>
    public IReadOnlyDictionary<int, ProtoField> Fields { get; init; } = new Dictionary<int, ProtoField>();

    /// <summary>May occur more than once: a list in JSON.</summary>
    public bool Repeated { get; init; }
}
