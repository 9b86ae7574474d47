using System.Globalization;
using System.Text;
using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>Reads <c>spec.prefix</c>: the literal beginning of the keys.</summary>
internal static class PrefixReader
{
    private const string Field = "spec.prefix";

    // The limit of an object key (Amazon S3 User Guide, "Naming Amazon S3 objects").
    private const int MaxBytes = 1024;

    // Ceph takes a colon in a resource for a separator of the ARN; Ceph and MinIO expand ${*}, ${?} and ${$} wrongly.
    private const string UnsafeInCustomStores = PolicyEscape.Special + ":";

    public static string Read(string? text, bool customStore, SpecErrors errors)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (Problem(text, customStore) is not { } problem)
            return text;
        errors.Add(Field, text, problem);
        return "";
    }

    /// <summary>What is wrong with a prefix; null: nothing.</summary>
    /// <param name="text">The prefix.</param>
    /// <param name="customStore">Whether it is one of an S3-compatible store.</param>
    public static string? Problem(string text, bool customStore)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxBytes)
            return string.Create(CultureInfo.InvariantCulture, $"has {bytes} bytes in UTF-8; accepted are at most {MaxBytes}");
        if (text.EnumerateRunes().Any(Rune.IsControl))
            return "holds a control character; accepted are all other characters";
        if (!IsWellFormed(text))
            return "holds half of a surrogate pair, which no UTF-8 text can; accepted are whole characters";
        if (customStore && text.AsSpan().ContainsAny(UnsafeInCustomStores))
            return $"holds one of {string.Join(' ', UnsafeInCustomStores.AsEnumerable())}, which the policies of an S3-compatible store cannot express literally; accepted are all other characters";
        return null;
    }

    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var read) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[read..];
        }

        return true;
    }
}
