using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ControllerRuntime.Watching;

/// <summary>Cuts the body of a watch into lines and parses each. What stands behind the last line end was cut off by a broken connection and is dropped.</summary>
internal static class WatchStream
{
    /// <summary>Reads the events as they come, until the stream ends.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="JsonException">A line is not a watch event.</exception>
    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(
        Stream stream, JsonTypeInfo<T> jsonType, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (TryTakeLine(ref rest, out var line)) yield return WatchLine.Parse(line, jsonType);
                if (rest.Length > ObjectReader.Longest) throw new JsonException("A watch event without an end.");
                if (read.IsCompleted) yield break;
                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = default;
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (!line.IsEmpty) return true;
        }

        return false;
    }
}
