using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;

namespace Sandbox.KubernetesApi.Resources;

/// <summary>What a kind demands beyond its schema.</summary>
internal class ObjectRules
{
    public static ObjectRules None { get; } = new();

    /// <summary>Normalises and defaults an object that came in; the schema has had its turn.</summary>
    public virtual void Prepare(JsonObject obj, JsonObject? before)
    {
    }

    /// <summary>The faults of the object; <paramref name="before"/> is null at creation.</summary>
    public virtual IEnumerable<FieldError> Validate(JsonObject obj, JsonObject? before) => [];

    /// <summary>Changes an object whose deletion begins.</summary>
    public virtual void MarkDeleted(JsonObject obj)
    {
    }

    /// <summary>True for an object that stays, though it is being deleted and has no finalizers left in its metadata.</summary>
    public virtual bool OutlivesItsFinalizers(JsonObject obj) => false;

    /// <summary>The faults of the name; the default is a DNS subdomain (RFC 1123).</summary>
    public virtual IEnumerable<FieldError> ValidateName(string name) => Names.ValidateSubdomain(name);
}
