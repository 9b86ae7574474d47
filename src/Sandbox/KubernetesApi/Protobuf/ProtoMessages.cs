using static Sandbox.KubernetesApi.Protobuf.ProtoKind;

namespace Sandbox.KubernetesApi.Protobuf;

/// <summary>The messages that kubectl and other Go clients send as protobuf (the generated.proto files of k8s.io/api and k8s.io/apimachinery; numbers never change).</summary>
internal static class ProtoMessages
{
    private static readonly Dictionary<int, ProtoField> OwnerReference = new()
    {
        [1] = new("kind", Text),
        [3] = new("name", Text),
        [4] = new("uid", Text),
        [5] = new("apiVersion", Text),
        [6] = new("controller", Flag),
        [7] = new("blockOwnerDeletion", Flag),
    };

    private static readonly ProtoField Metadata = Of("metadata", new()
    {
        [1] = new("name", Text),
        [2] = new("generateName", Text),
        [3] = new("namespace", Text),
        [5] = new("uid", Text),
        [6] = new("resourceVersion", Text),
        [7] = new("generation", Integer),
        [8] = new("creationTimestamp", Time),
        [9] = new("deletionTimestamp", Time),
        [10] = new("deletionGracePeriodSeconds", Integer),
        [11] = new("labels", TextMap),
        [12] = new("annotations", TextMap),
        [13] = Of("ownerReferences", OwnerReference) with { Repeated = true },
        [14] = new("finalizers", Text) { Repeated = true },
    });

    private static readonly Dictionary<int, ProtoField> ObjectReference = new()
    {
        [1] = new("kind", Text),
        [2] = new("namespace", Text),
        [3] = new("name", Text),
        [4] = new("uid", Text),
        [5] = new("apiVersion", Text),
        [6] = new("resourceVersion", Text),
        [7] = new("fieldPath", Text),
    };

    private static readonly Dictionary<int, ProtoField> CoreEvent = new()
    {
        [1] = Metadata,
        [2] = Of("involvedObject", ObjectReference),
        [3] = new("reason", Text),
        [4] = new("message", Text),
        [5] = Of("source", new() { [1] = new("component", Text), [2] = new("host", Text) }),
        [6] = new("firstTimestamp", Time),
        [7] = new("lastTimestamp", Time),
        [8] = new("count", Integer),
        [9] = new("type", Text),
        [10] = new("eventTime", Time),
        [11] = Of("series", new() { [1] = new("count", Integer), [2] = new("lastObservedTime", Time) }),
        [12] = new("action", Text),
        [13] = Of("related", ObjectReference),
        [14] = new("reportingComponent", Text),
        [15] = new("reportingInstance", Text),
    };

    private static readonly Dictionary<int, ProtoField> ResourceAttributes = new()
    {
        [1] = new("namespace", Text),
        [2] = new("verb", Text),
        [3] = new("group", Text),
        [4] = new("version", Text),
        [5] = new("resource", Text),
        [6] = new("subresource", Text),
        [7] = new("name", Text),
    };

    private static readonly Dictionary<string, Dictionary<int, ProtoField>> ByKind = new()
    {
        ["v1/Namespace"] = new() { [1] = Metadata, [2] = Of("spec", new() { [1] = new("finalizers", Text) { Repeated = true } }), [3] = Of("status", new() { [1] = new("phase", Text) }) },
        ["v1/Secret"] = new() { [1] = Metadata, [2] = new("data", BytesMap), [3] = new("type", Text), [4] = new("stringData", TextMap), [5] = new("immutable", Flag) },
        ["v1/ConfigMap"] = new() { [1] = Metadata, [2] = new("data", TextMap), [3] = new("binaryData", BytesMap), [4] = new("immutable", Flag) },
        ["v1/ServiceAccount"] = new()
        {
            [1] = Metadata,
            [2] = Of("secrets", ObjectReference) with { Repeated = true },
            [3] = Of("imagePullSecrets", new() { [1] = new("name", Text) }) with { Repeated = true },
            [4] = new("automountServiceAccountToken", Flag),
        },
        ["v1/Event"] = CoreEvent,
        ["coordination.k8s.io/v1/Lease"] = new()
        {
            [1] = Metadata,
            [2] = Of("spec", new()
            {
                [1] = new("holderIdentity", Text),
                [2] = new("leaseDurationSeconds", Integer),
                [3] = new("acquireTime", Time),
                [4] = new("renewTime", Time),
                [5] = new("leaseTransitions", Integer),
            }),
        },
        ["authentication.k8s.io/v1/TokenRequest"] = new()
        {
            [1] = Metadata,
            [2] = Of("spec", new() { [1] = new("audiences", Text) { Repeated = true }, [4] = new("expirationSeconds", Integer) }),
        },
        ["authentication.k8s.io/v1/SelfSubjectReview"] = new() { [1] = Metadata },
        ["authorization.k8s.io/v1/SelfSubjectAccessReview"] = new()
        {
            [1] = Metadata,
            [2] = Of("spec", new()
            {
                [1] = Of("resourceAttributes", ResourceAttributes),
                [2] = Of("nonResourceAttributes", new() { [1] = new("path", Text), [2] = new("verb", Text) }),
            }),
        },
        ["authorization.k8s.io/v1/SelfSubjectRulesReview"] = new() { [1] = Metadata, [2] = Of("spec", new() { [1] = new("namespace", Text) }) },
    };

    private static readonly Dictionary<int, ProtoField> DeleteOptions = new()
    {
        [1] = new("gracePeriodSeconds", Integer),
        [2] = Of("preconditions", new() { [1] = new("uid", Text), [2] = new("resourceVersion", Text) }),
        [3] = new("orphanDependents", Flag),
        [4] = new("propagationPolicy", Text),
        [5] = new("dryRun", Text) { Repeated = true },
    };

    /// <summary>The fields of a kind, or null for one that is not spoken in protobuf here.</summary>
    public static IReadOnlyDictionary<int, ProtoField>? Find(string apiVersion, string kind) =>
        kind == "DeleteOptions" ? DeleteOptions : ByKind.GetValueOrDefault($"{apiVersion}/{kind}");

    private static ProtoField Of(string name, Dictionary<int, ProtoField> fields) => new(name, Message) { Fields = fields };
}
