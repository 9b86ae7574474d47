using System.Text;

namespace ControllerRuntime.Tests.Watching;

/// <summary>A beginning, then so many blanks, and no line end.</summary>
internal sealed class BlankStream(string beginning, int blanks) : MemoryStream(Encoding.UTF8.GetBytes(beginning))
{
    /// <summary>The blanks that nobody has read.</summary>
    public int Left { get; private set; } = blanks;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (await base.ReadAsync(buffer, cancellationToken) is > 0 and var begun)
            return begun;
        var read = Math.Min(buffer.Length, Left);
        buffer.Span[..read].Fill((byte)' ');
        Left -= read;
        return read;
    }
}
