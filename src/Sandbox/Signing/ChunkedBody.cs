using System.Globalization;
using System.Text;

namespace Sandbox.Signing;

/// <summary>Reads bodies in the encoding <c>aws-chunked</c>: <c>HEX-SIZE;chunk-signature=SIG CRLF DATA CRLF</c>, an empty chunk last, trailing headers after it.</summary>
internal static class ChunkedBody
{
    private const string SignatureField = "chunk-signature=";
    private const string TrailerSignature = "x-amz-trailer-signature";

    /// <summary>Decodes a whole body.</summary>
    /// <param name="body">The body as sent.</param>
    /// <param name="signer">Verifies every chunk and the trailers; null for unsigned chunks.</param>
    /// <param name="trailers">Whether headers follow the last chunk.</param>
    public static Payload Decode(byte[] body, ChunkSigner? signer, bool trailers)
    {
        var reader = new Reader(body);
        using var content = new MemoryStream(body.Length);
        while (Next(reader, signer) is { Length: > 0 } chunk)
            content.Write(chunk.Span);
        return new(content.ToArray(), trailers ? Trailers(reader, signer) : new Dictionary<string, string>());
    }

    private static ReadOnlyMemory<byte> Next(Reader reader, ChunkSigner? signer)
    {
        var header = reader.Line().Split(';', 2);
        if (!int.TryParse(header[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0)
            throw Incomplete();
        var data = reader.Take(size);
        // The last chunk's data is empty; where trailers follow, it has no line end of its own.
        if (size > 0)
            reader.LineEnd();
        if (signer is not null)
        {
            var signature = header.Length == 2 && header[1].StartsWith(SignatureField, StringComparison.Ordinal) ? header[1][SignatureField.Length..] : "";
            signer.VerifyChunk(data.Span, signature);
        }

        return data;
    }

    private static Dictionary<string, string> Trailers(Reader reader, ChunkSigner? signer)
    {
        var trailers = new Dictionary<string, string>(StringComparer.Ordinal);
        var canonical = new StringBuilder();
        var signature = "";
        while (!reader.AtEnd && reader.Line() is { Length: > 0 } line)
        {
            var mark = line.IndexOf(':', StringComparison.Ordinal);
            if (mark < 1)
                throw Incomplete();
            var (name, value) = (line[..mark].Trim().ToLowerInvariant(), line[(mark + 1)..].Trim());
            if (name == TrailerSignature)
                signature = value;
            else
            {
                trailers[name] = value;
                canonical.Append(name).Append(':').Append(value).Append('\n');
            }
        }

        signer?.VerifyTrailers(canonical.ToString(), signature);
        return trailers;
    }

    private static SignatureException Incomplete() => new(SignatureFailure.IncompleteBody, "The request body terminated unexpectedly.");

    private sealed class Reader(ReadOnlyMemory<byte> rest)
    {
        private ReadOnlyMemory<byte> _rest = rest;

        public bool AtEnd => _rest.IsEmpty;

        public string Line()
        {
            var end = _rest.Span.IndexOf((byte)'\n');
            if (end < 0)
                throw Incomplete();
            var line = Encoding.ASCII.GetString(_rest.Span[..end]).TrimEnd('\r');
            _rest = _rest[(end + 1)..];
            return line;
        }

        public ReadOnlyMemory<byte> Take(int size)
        {
            if (size > _rest.Length)
                throw Incomplete();
            var data = _rest[..size];
            _rest = _rest[size..];
            return data;
        }

        public void LineEnd()
        {
            if (Line().Length > 0)
                throw Incomplete();
        }
    }
}
