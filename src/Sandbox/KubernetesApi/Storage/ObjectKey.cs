namespace Sandbox.KubernetesApi.Storage;

/// <summary>Where an object lies among those of its resource; ordered as etcd orders keys. The namespace of cluster-scoped objects is empty.</summary>
internal readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>
{
    public int CompareTo(ObjectKey other) =>
        string.CompareOrdinal(Namespace, other.Namespace) is var order && order != 0 ? order : string.CompareOrdinal(Name, other.Name);
}
