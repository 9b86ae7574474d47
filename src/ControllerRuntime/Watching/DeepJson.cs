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

    /// <summary>A reader at the start of a document.</summary>
    public static Utf8JsonReader Read(ReadOnlySequence<byte> document) => document.IsSingleSegment ? new(document.FirstSpan, Options) : new(document, Options);
}
