using System.Collections.Frozen;
using YamlDotNet.RepresentationModel;

namespace UploadSessions.Tests.Crds;

/// <summary>The CEL rules of both CRDs.</summary>
internal static class ValidationRules
{
    private static readonly FrozenDictionary<YamlMappingNode, ValidationRule[]> BySchema = Crd.All.SelectMany(crd => crd.Walk())
        .Select(found => KeyValuePair.Create(found.Schema, Read(found.Path, found.Schema).ToArray()))
        .ToFrozenDictionary(ReferenceEqualityComparer.Instance);

    public static IEnumerable<ValidationRule> All => BySchema.Values.SelectMany(rules => rules);

    /// <summary>Those of one schema, those of its properties aside.</summary>
    public static ValidationRule[] Of(YamlMappingNode schema) => BySchema[schema];

    private static IEnumerable<ValidationRule> Read(string path, YamlMappingNode schema) =>
        Crd.Child(schema, "x-kubernetes-validations") is YamlSequenceNode rules
            ? rules.Select(rule => new ValidationRule(path, Crd.Text(rule, "rule")!, Crd.Text(rule, "message")!))
            : [];
}
