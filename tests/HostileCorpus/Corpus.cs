using System.Text.Json;
using System.Text.Json.Nodes;
using UploadSessions.Resources;

namespace HostileCorpus;

/// <summary>All cases: those of the files, and those that are made of every field and every kind of hostile value.</summary>
public static class Corpus
{
    /// <summary>Sessions.</summary>
    public static IReadOnlyList<SessionCase> Sessions { get; } =
    [
        .. CaseFile.ReadAll("Sessions").Select(entry => OfFile(entry.Name, entry.Case))
            .Concat(Crossing.Cases)
            .DistinctBy(one => one.Json.ToJsonString() + one.Annotations?.ToJsonString(), StringComparer.Ordinal),
    ];

    /// <summary>Grants.</summary>
    public static IReadOnlyList<GrantCase> Grants { get; } =
    [
        .. CaseFile.ReadAll("Grants").Select(entry => new GrantCase
        {
            Name = entry.Name,
            Why = Text(entry.Case, "why"),
            Changes = (JsonObject)entry.Case["grant"]!,
            Asks = CaseFile.Merge(Ground.SpecJson(), (JsonObject?)entry.Case["asks"]),
            Expect = Text(entry.Case, "expect"),
        }),
    ];

    private static SessionCase OfFile(string name, JsonObject entry)
    {
        var json = CaseFile.Merge(Ground.SpecJson(), (JsonObject?)entry["spec"]);
        return new SessionCase
        {
            Name = name,
            Why = Text(entry, "why"),
            Json = json,
            Spec = Read(json),
            Annotations = (JsonObject?)entry["annotations"]?.DeepClone(),
            Expect = Text(entry, "expect"),
        };
    }

    private static UploadSessionSpec? Read(JsonObject json)
    {
        try
        {
            return json.Deserialize(ResourceJson.Default.UploadSessionSpec);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonObject entry, string member) =>
        entry[member]?.GetValue<string>() ?? throw new FormatException($"a case has no {member}: {entry.ToJsonString()}");
}
