using System.Globalization;
using Sandbox.KubernetesApi.CustomResources;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Tables;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>The resources that are served without a CustomResourceDefinition.</summary>
internal static class BuiltInTypes
{
    private static readonly string[] ReferenceFields = ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"];

    public static IReadOnlyList<ResourceType> All() =>
    [
        Core("namespaces", "Namespace", SchemaTexts.Namespace, ["ns"], new NamespaceRules(), [TableColumns.Name, TableColumns.At("Status", "string", ".status.phase"), TableColumns.Age]) with
        {
            Namespaced = false,
            HasStatus = true,
            SelectableFields = ["status.phase"],
        },
        Core("secrets", "Secret", SchemaTexts.Secret, [], new SecretRules(), [TableColumns.Name, TableColumns.At("Type", "string", ".type"), DataCount, TableColumns.Age]) with
        {
            SelectableFields = ["type"],
        },
        Core("configmaps", "ConfigMap", SchemaTexts.ConfigMap, ["cm"], new ConfigMapRules(), [TableColumns.Name, DataCount, TableColumns.Age]),
        Core("serviceaccounts", "ServiceAccount", SchemaTexts.ServiceAccount, ["sa"], ObjectRules.None,
            [TableColumns.Name, new("Secrets", "string", obj => (obj.List("secrets")?.Count ?? 0).ToString(CultureInfo.InvariantCulture)), TableColumns.Age]) with
        {
            ReturnsDeleted = true,
        },
        Core("events", "Event", SchemaTexts.CoreEvent, ["ev"], new EventRules(isCore: true), EventColumns.All) with
        {
            CreatesOnUpdate = true,
            SelectableFields = EventFields("involvedObject", "reportingComponent"),
        },
        Core("events", "Event", SchemaTexts.Event, ["ev"], new EventRules(isCore: false), EventColumns.All) with
        {
            Group = "events.k8s.io",
            ErrorGroup = "",
            CreatesOnUpdate = true,
            SelectableFields = EventFields("regarding", "reportingController"),
            Conversion = new EventConversion(),
        },
        Core("leases", "Lease", SchemaTexts.Lease, [], ObjectRules.None, [TableColumns.Name, TableColumns.At("Holder", "string", ".spec.holderIdentity"), TableColumns.Age]) with
        {
            Group = "coordination.k8s.io",
            CreatesOnUpdate = true,
            NeedsVersionToUpdate = true,
        },
        Core(DefinitionRules.Plural, "CustomResourceDefinition", SchemaTexts.CustomResourceDefinition, ["crd", "crds"], new DefinitionRules(),
            [TableColumns.Name, TableColumns.At("Created At", "date", ".metadata.creationTimestamp")]) with
        {
            Group = DefinitionRules.Group,
            Namespaced = false,
            HasStatus = true,
            HasGeneration = true,
            NeedsVersionToUpdate = true,
            Categories = ["api-extensions"],
        },
    ];

    private static TableColumn DataCount { get; } =
        new("Data", "string", obj => (obj.Child("data")?.Count ?? 0) + (obj.Child("binaryData")?.Count ?? 0));

    private static ResourceType Core(string plural, string kind, string schema, IReadOnlyList<string> shortNames, ObjectRules rules, IReadOnlyList<TableColumn> columns) => new()
    {
        Group = "",
        Version = "v1",
        Kind = kind,
        Plural = plural,
        Singular = kind.ToLowerInvariant(),
        ShortNames = shortNames,
        Namespaced = true,
        Schema = KindSchemas.Read(schema),
        Rules = rules,
        Columns = columns,
        StorageName = plural,
    };

    private static IReadOnlyList<string> EventFields(string regarding, string controller) =>
    [
        .. ReferenceFields.Select(name => $"{regarding}.{name}"),
        "reason", "type", controller,
    ];
}
