using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Operator.Tests.Architecture;

/// <summary>What a built assembly uses, read from its metadata.</summary>
internal sealed class AssemblyArrows
{
    public AssemblyArrows(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        References = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        UsedTypes = [.. metadata.TypeReferences.Select(handle => Describe(metadata, metadata.GetTypeReference(handle)))];
    }

    /// <summary>The assemblies it refers to.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The types of other assemblies that it names; for a nested type, the namespace is its outermost type's.</summary>
    public IReadOnlyList<(string Assembly, string Namespace, string Name)> UsedTypes { get; }

    private static (string Assembly, string Namespace, string Name) Describe(MetadataReader metadata, TypeReference type)
    {
        var outermost = type;
        while (outermost.ResolutionScope.Kind == HandleKind.TypeReference)
            outermost = metadata.GetTypeReference((TypeReferenceHandle)outermost.ResolutionScope);
        var assembly = outermost.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)outermost.ResolutionScope).Name)
            : "";
        return (assembly, metadata.GetString(outermost.Namespace), metadata.GetString(type.Name));
    }
}
