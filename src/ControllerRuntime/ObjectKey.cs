namespace ControllerRuntime;

/// <summary>Names one Kubernetes object of a known kind. Queues carry keys, never objects: a worker reads the newest state from a store.</summary>
/// <param name="Namespace">The namespace; empty for cluster-scoped kinds.</param>
/// <param name="Name">The name, unique in the namespace.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>The usual short form: <c>namespace/name</c>, or <c>name</c> for a cluster-scoped kind.</summary>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";
}
