using System.Buffers;
using System.Text.Json;

namespace ControllerRuntime.Watching;

/// <summary>
/// Reads whatever the API server stores. Who may write an object may nest it deeply (<c>managedFields</c> can be written by anybody, and takes any shape),
/// and a reader with the usual limit of 64 would refuse the list that it stands in: one such object would hide all others.
/// </summary>
internal static class DeepJson
{
    /// <summary>More than the 10,000 levels at which the JSON decoders of Kubernetes stop (Go's encoding/json, json-iterator). A reader keeps one bit a level.</summary>
    private const int MaxDepth = 16 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Where a document starts.</summary>
    public static JsonReaderState Start => new(Options);

    /// <summary>A reader at the start of a document.</summary>
    public static Utf8JsonReader Read(ReadOnlySequence<byte> document) => Read(document, isLast: true, Start);

    /// <summary>A reader of a part of a document.</summary>
    /// <param name="part">It begins where <paramref name="state"/> was reached.</param>
    /// <param name="isLast">Whether the document ends with it.</param>
    /// <param name="state">Where the part before it ends.</param>
    public static Utf8JsonReader Read(ReadOnlySequence<byte> part, bool isLast, JsonReaderState state) =>
        part.IsSingleSegment ? new(part.FirstSpan, isLast, state) : new(part, isLast, state);
}
