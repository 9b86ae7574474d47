using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Selectors;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Reading;

/// <summary>Which objects a list or a watch is about: namespace, label selector, field selector.</summary>
internal sealed record ObjectFilter(string Namespace, LabelSelector Labels, FieldSelector Fields)
{
    public bool HasSelector => !Labels.SelectsEverything || !Fields.SelectsEverything;

    public static ObjectFilter For(ApiRequest request) => new(
        request.Info.Namespace,
        LabelSelector.Parse(request.Query("labelSelector")),
        FieldSelector.Parse(request.Query("fieldSelector"), request.Type));

    public bool Matches(StoredObject stored) =>
        (Namespace.Length == 0 || stored.Key.Namespace == Namespace) && Labels.Matches(stored.Labels) && Fields.Matches(stored);
}
