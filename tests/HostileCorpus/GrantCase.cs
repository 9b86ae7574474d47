using System.Text.Json.Nodes;

namespace HostileCorpus;

/// <summary>One hostile grant, and a session that it must not allow.</summary>
public sealed record GrantCase
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What somebody tries, in a line.</summary>
    public required string Why { get; init; }

    /// <summary>What differs from <see cref="Ground.Grant"/>.</summary>
    public required JsonObject Changes { get; init; }

    /// <summary>What the session that tries it asks for.</summary>
    public required JsonObject Asks { get; init; }

    /// <summary>The field of the grant that is wrong, such as <c>spec.roleArns</c>; or, of a valid one, the rule that refuses the session, such as <c>grant:Role</c>; or <c>schema</c>.</summary>
    public required string Expect { get; init; }

    /// <summary>The spec of the grant.</summary>
    public JsonObject Json(string ns) => CaseFile.Merge(Ground.GrantJson(ns), Changes);

    public override string ToString() => Name;
}
