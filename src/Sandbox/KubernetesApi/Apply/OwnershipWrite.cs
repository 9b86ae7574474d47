using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>One write, as far as ownership of fields goes.</summary>
/// <param name="Manager">Who writes.</param>
/// <param name="ApiVersion">The version the object is written in.</param>
/// <param name="Schema">The kind's schema.</param>
/// <param name="Time">Now, as Kubernetes writes it.</param>
internal sealed record OwnershipWrite(Manager Manager, string ApiVersion, Schema Schema, string Time)
{
    /// <summary>Take over fields of others instead of answering with a conflict.</summary>
    public bool Force { get; init; }

    /// <summary>Fields that this endpoint does not write, such as status on the main endpoint.</summary>
    public FieldSet Ignored { get; init; } = FieldSet.Empty;
}
