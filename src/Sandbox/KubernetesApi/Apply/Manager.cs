namespace Sandbox.KubernetesApi.Apply;

/// <summary>Who owns fields: one entry of managedFields is told apart from the others by these.</summary>
/// <param name="Name">The field manager.</param>
/// <param name="Operation">Apply or Update.</param>
/// <param name="ApiVersion">The version the fields are named in; empty in the identity of an applier, which has one entry whatever the version.</param>
/// <param name="Subresource">The subresource written through, or empty.</param>
internal sealed record Manager(string Name, string Operation, string ApiVersion, string Subresource)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    public bool IsApplier => Operation == Apply;

    public static Manager Applier(string name, string subresource) => new(name, Apply, "", subresource);

    public static Manager Updater(string name, string apiVersion, string subresource) => new(name, Update, apiVersion, subresource);
}

/// <summary>What one manager owns.</summary>
/// <param name="Fields">The paths.</param>
/// <param name="ApiVersion">The version they are named in.</param>
/// <param name="Time">When the entry last changed, as Kubernetes writes it; null where unknown.</param>
internal sealed record Ownership(FieldSet Fields, string ApiVersion, string? Time);
