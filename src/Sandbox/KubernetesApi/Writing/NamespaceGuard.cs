using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>Lets objects into existing namespaces only, and into none that is being deleted.</summary>
internal sealed class NamespaceGuard(ObjectStore store)
{
    public const string Namespaces = "namespaces";

    /// <exception cref="ApiException">404: no such namespace; 403: it is being terminated.</exception>
    public void CheckCreation(WriteContext context, string name)
    {
        if (!context.Type.Namespaced)
        {
            return;
        }

        var ns = store.Find(Namespaces, new("", context.Namespace))
            ?? throw new ApiException(new(404, "NotFound", $"namespaces \"{context.Namespace}\" not found") { Name = context.Namespace, Kind = Namespaces });
        if (ns.IsBeingDeleted)
        {
            var detail = $"unable to create new content in namespace {context.Namespace} because it is being terminated";
            throw new ApiException(ApiStatus.Forbidden($"{context.Type.QualifiedPlural} \"{name}\" is forbidden: {detail}") with
            {
                Name = name,
                Group = context.Type.Group,
                Kind = context.Type.Plural,
                Causes = [new("NamespaceTerminating", "metadata.namespace", $"namespace {context.Namespace} is being terminated")],
            });
        }
    }
}
