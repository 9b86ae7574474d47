using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>What the server fills in when an object is created.</summary>
internal static class NewObjects
{
    /// <summary>The letters of generated names (apimachinery's rand: no vowels, nothing that reads as another).</summary>
    private const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";

    private const int SuffixLength = 5;

    public static void GiveName(JsonObject obj)
    {
        var meta = obj.Meta();
        if (obj.Name().Length == 0 && meta.Text("generateName") is { Length: > 0 } prefix)
        {
            meta["name"] = prefix + RandomNumberGenerator.GetString(NameLetters, SuffixLength);
        }
    }

    public static IEnumerable<FieldError> ValidateName(JsonObject obj, ResourceType type) =>
        obj.Name().Length == 0 ? [FieldError.Required("metadata.name", "name or generateName is required")] : type.Rules.ValidateName(obj.Name());

    /// <exception cref="ApiException">400: the object names another namespace than the URL.</exception>
    public static void CheckNamespace(JsonObject obj, WriteContext context)
    {
        if (obj.Namespace() is { Length: > 0 } stated && stated != context.Namespace)
        {
            throw new ApiException(ApiStatus.BadRequest(context.Type.Namespaced
                ? "the namespace of the provided object does not match the namespace sent on the request"
                : "namespace may not be set on a cluster-scoped object"));
        }
    }

    public static void FillMetadata(JsonObject obj, WriteContext context, string now)
    {
        var meta = obj.Meta();
        foreach (var name in (string[])["selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "generation"])
        {
            meta.Remove(name);
        }

        if (context.Type.Namespaced)
        {
            meta["namespace"] = context.Namespace;
        }

        meta["uid"] = Guid.NewGuid().ToString();
        meta["creationTimestamp"] = now;
        if (context.Type.HasGeneration)
        {
            meta["generation"] = 1;
        }
    }
}
