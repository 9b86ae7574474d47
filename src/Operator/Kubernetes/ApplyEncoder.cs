using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>
/// Escapes as <see cref="JavaScriptEncoder.Default"/> does, but for characters beyond U+FFFF, which stay as they are. The API server reads
/// applies as YAML, and there the two halves of such a character, each escaped by itself as in JSON, are no characters (YAML 1.2, "Escaped
/// Characters"): with one in a message the whole status would be refused.
/// </summary>
internal sealed class ApplyEncoder : JavaScriptEncoder
{
    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => Default.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar <= char.MaxValue && Default.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        for (var index = 0; index < textLength;)
        {
            if (Rune.DecodeFromUtf16(all[index..], out var rune, out var read) != OperationStatus.Done || WillEncode(rune.Value))
                return index;
            index += read;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Default.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}
