using System.Text.Json;
using UploadSessions.Resources;

namespace HostileCorpus;

/// <summary>Cases that nobody wrote down: every field with every kind of hostile value, and pairs of fields. The same at every run.</summary>
public static class Crossing
{
    private const int Seed = 20261101;
    private const int Pairs = 120;

    /// <summary>How a hostile value is put into a field: instead of the good one, behind it, before it, or in its middle.</summary>
    private static readonly Func<string, string, string>[] Placements =
    [
        (_, hostile) => hostile,
        (good, hostile) => good + hostile,
        (good, hostile) => hostile + good,
        (good, hostile) => good.Insert(good.Length / 2, hostile),
    ];

    /// <summary>One placement for each field and kind, in turn, and the pairs.</summary>
    public static IEnumerable<SessionCase> Cases =>
        Slots.All.Index().SelectMany(slot => HostileValues.All.Index().Select(value => Single(slot, value, (slot.Index + value.Index) % Placements.Length)))
            .Concat(Enumerable.Range(0, Pairs).Select(Pair));

    /// <summary>Every placement.</summary>
    public static IEnumerable<SessionCase> AllPlacements =>
        from slot in Slots.All.Index()
        from value in HostileValues.All.Index()
        from placement in Enumerable.Range(0, Placements.Length)
        select Single(slot, value, placement);

    private static SessionCase Single((int Index, Slot Item) slot, (int Index, (string Kind, string Text) Item) value, int placement)
    {
        var spec = slot.Item.Put(Ground.Spec, Placements[placement](slot.Item.Good, value.Item.Text));
        return Case($"x-{slot.Index:00}-{value.Item.Kind}-{placement}", $"{value.Item.Kind} in {slot.Item.Field}", spec, slot.Item.Field);
    }

    private static SessionCase Pair(int number)
    {
        var random = new Random(Seed + number);
        var (one, other) = (Any(random, Slots.All), Any(random, Slots.All));
        var (first, second) = (Any(random, HostileValues.All), Any(random, HostileValues.All));
        var spec = one.Put(Ground.Spec, Any(random, Placements)(one.Good, first.Text));
        spec = other.Put(spec, Any(random, Placements)(other.Good, second.Text));
        return Case($"pair-{number:000}", $"{first.Kind} in {one.Field}, {second.Kind} in {other.Field}", spec, one.Field, other.Field);
    }

    private static SessionCase Case(string name, string why, UploadSessionSpec spec, params string[] fields) => new()
    {
        Name = name,
        Why = why,
        Spec = spec,
        Json = JsonSerializer.SerializeToNode(spec, ResourceJson.Default.UploadSessionSpec)!.AsObject(),
        Expect = string.Join(' ', fields),
        IsGenerated = true,
    };

    private static T Any<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
