using System.IO.Pipelines;

namespace ControllerRuntime.Tests.Watching;

/// <summary>A document that comes in pieces, as from a network.</summary>
internal static class Pieces
{
    public static async Task WriteAsync(PipeWriter writer, byte[] bytes, int[] lengths)
    {
        for (int start = 0, i = 0; start < bytes.Length; i++)
        {
            var length = Math.Min(lengths[i % lengths.Length], bytes.Length - start);
            await writer.WriteAsync(bytes.AsMemory(start, length));
            await Task.Yield();
            start += length;
        }

        await writer.CompleteAsync();
    }
}
