using System.Buffers;
using System.Text;

namespace Sandbox.Signing;

/// <summary>Percent-encoding as Signature Version 4 wants it: UTF-8, upper-case hex, everything but RFC 3986's unreserved characters escaped.</summary>
public static class PercentEncoding
{
    private const string Hex = "0123456789ABCDEF";

    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    /// <summary>Escapes bytes.</summary>
    /// <param name="bytes">What to escape.</param>
    /// <param name="keepSlash">Whether <c>/</c> stays as it is, as in paths.</param>
    public static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash = false)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            if (Unreserved.Contains(b) || (keepSlash && b == '/'))
                text.Append((char)b);
            else
                text.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 15]);
        }

        return text.ToString();
    }

    /// <summary>Escapes text as UTF-8.</summary>
    public static string Encode(string text, bool keepSlash = false) => Encode(Encoding.UTF8.GetBytes(text), keepSlash);

    /// <summary>Undoes escapes; a <c>%</c> that starts none is kept.</summary>
    public static byte[] Decode(string text)
    {
        var raw = Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && i + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[i + 1]) && char.IsAsciiHexDigit((char)raw[i + 2]))
            {
                bytes.Add(Convert.FromHexString([(char)raw[i + 1], (char)raw[i + 2]])[0]);
                i += 2;
            }
            else
                bytes.Add(raw[i]);
        }

        return [.. bytes];
    }

    /// <summary>Undoes escapes and reads the bytes as UTF-8.</summary>
    public static string DecodeText(string text) => text.Contains('%') ? Encoding.UTF8.GetString(Decode(text)) : text;
}
