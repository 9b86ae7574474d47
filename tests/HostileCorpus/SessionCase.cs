using System.Text.Json.Nodes;
using UploadSessions.Resources;

namespace HostileCorpus;

/// <summary>One hostile session.</summary>
public sealed record SessionCase
{
    /// <summary>Its name: of the case, and of the UploadSession.</summary>
    public required string Name { get; init; }

    /// <summary>What somebody tries, in a line.</summary>
    public required string Why { get; init; }

    /// <summary>The spec as the API server is sent it.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>The spec as the operator reads it; null where it has a shape that only a schema can refuse.</summary>
    public UploadSessionSpec? Spec { get; init; }

    /// <summary>Annotations of the UploadSession.</summary>
    public JsonObject? Annotations { get; init; }

    /// <summary>
    /// What comes of it on AWS: the field that is refused, such as <c>spec.prefix</c>; the rule of the grant, such as <c>grant:Role</c>;
    /// <c>schema</c>; or the reason of Ready. Of a generated case the field that is refused, if anything is.
    /// </summary>
    public required string Expect { get; init; }

    /// <summary>Whether nobody said what comes of it.</summary>
    public bool IsGenerated { get; init; }

    public override string ToString() => Name;
}
