using System.Text;
using System.Text.Json;

namespace UploadSessions.Resources;

/// <summary>The data keys, annotations and labels of a Secret that this operator's apply owns. Kept as bits: a cache holds one for every Secret.</summary>
/// <param name="Bits">One bit for each name in <see cref="Known"/>.</param>
public readonly record struct OwnedFields(uint Bits)
{
    /// <summary>Nothing is owned.</summary>
    public static OwnedFields None => default;

    /// <summary>The names that are told apart; others are not ours.</summary>
    private static readonly string[] Known =
    [
        .. Credentials.SecretKeys.All,
        Annotations.IssuedAt,
        Annotations.ExpiresAt,
        Annotations.AccessKeyId,
        Annotations.InputHash,
        Annotations.ManagedLabel,
        Annotations.SpecHash,
        Annotations.HandledRenewRequest,
    ];

    /// <summary>The same names as they stand in <c>fieldsV1</c>, in UTF-8.</summary>
    private static readonly byte[][] Elements = [.. Known.Select(static name => Encoding.UTF8.GetBytes("f:" + name))];

    /// <summary>The set of the given names; names that are not ours are left out.</summary>
    public static OwnedFields Of(IEnumerable<string> names) => names.Aggregate(None, (set, name) => set.With(name));

    /// <summary>This set and one more name.</summary>
    public OwnedFields With(string name) => Array.IndexOf(Known, name) is >= 0 and var index ? new(Bits | (1u << index)) : this;

    /// <summary>Whether a name is in the set.</summary>
    public bool Has(string name) => Array.IndexOf(Known, name) is >= 0 and var index && (Bits & (1u << index)) != 0;

    /// <summary>This set and the name that the property name at the reader stands for. A name may lie across two buffers, so its bytes are not at hand in one piece.</summary>
    internal OwnedFields WithElement(ref Utf8JsonReader reader)
    {
        for (var index = 0; index < Elements.Length; index++)
        {
            if (reader.ValueTextEquals(Elements[index]))
                return new(Bits | (1u << index));
        }

        return this;
    }

    /// <summary>Whether this set has every name of <paramref name="expected"/>.</summary>
    public bool Covers(OwnedFields expected) => (expected.Bits & ~Bits) == 0;
}
