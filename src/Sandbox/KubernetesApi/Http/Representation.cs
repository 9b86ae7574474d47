using Sandbox.KubernetesApi.Errors;

namespace Sandbox.KubernetesApi.Http;

/// <summary>The form of an answer, as the Accept header asks for it (Kubernetes documentation, "Kubernetes API Concepts").</summary>
internal enum Representation
{
    /// <summary>Whole objects.</summary>
    Objects,

    /// <summary>PartialObjectMetadata.</summary>
    Metadata,

    /// <summary>Table, for kubectl get.</summary>
    Table,
}

/// <summary>Chooses the first form of the Accept header that can be served. Only JSON is spoken: protobuf is passed over.</summary>
internal static class Representations
{
    /// <exception cref="ApiException">406: nothing acceptable can be served.</exception>
    public static Representation Negotiate(string accept, bool isList)
    {
        if (accept.Length == 0)
        {
            return Representation.Objects;
        }

        foreach (var range in accept.Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "*/*" or "application/*"))
            {
                continue;
            }

            switch (Parameter(parts, "as"))
            {
                case "":
                    return Representation.Objects;
                case "Table" when IsMeta(parts):
                    return Representation.Table;
                case "PartialObjectMetadata" or "PartialObjectMetadataList" when IsMeta(parts):
                    CheckCount(Parameter(parts, "as"), isList);
                    return Representation.Metadata;
            }
        }

        throw new ApiException(NotAcceptable("only the following media types are accepted: application/json"));
    }

    private static void CheckCount(string asked, bool isList)
    {
        if (asked.EndsWith("List", StringComparison.Ordinal) != isList)
        {
            throw new ApiException(NotAcceptable($"you requested {asked}, but the requested object is {(isList ? "a" : "not a")} list"));
        }
    }

    private static ApiStatus NotAcceptable(string message) => new(406, "NotAcceptable", message);

    private static bool IsMeta(string[] parts) => Parameter(parts, "g") == "meta.k8s.io" && Parameter(parts, "v") is "v1" or "v1beta1";

    private static string Parameter(string[] parts, string name) =>
        parts.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
}
