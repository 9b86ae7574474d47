using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Patching;
using Sandbox.KubernetesApi.Reading;
using Sandbox.KubernetesApi.Tokens;
using Sandbox.KubernetesApi.Watching;
using Sandbox.KubernetesApi.Writing;

namespace Sandbox.KubernetesApi.Http;

/// <summary>Brings a request of a resource to the one who answers its verb.</summary>
internal sealed class ResourceEndpoint(Reader reader, Watcher watcher, Editor editor, Patcher patcher, Deleter deleter, TokenRequests tokens)
{
    public async Task<ApiResult> HandleAsync(ApiRequest request)
    {
        var (info, type) = (request.Info, request.Type);
        if (info.Subresource == "token" && type is { Group: "", Plural: "serviceaccounts" } && info.Verb == "create")
        {
            return await tokens.CreateAsync(request);
        }

        CheckPath(request);
        return info.Verb switch
        {
            "get" => reader.Get(request),
            "list" => reader.List(request),
            "watch" => watcher.Watch(request),
            "create" when info.Name.Length == 0 => await editor.CreateAsync(request),
            "update" => await editor.UpdateAsync(request),
            "patch" => await patcher.PatchAsync(request),
            "delete" when info.Subresource.Length == 0 => await deleter.DeleteAsync(request),
            "deletecollection" => await deleter.DeleteCollectionAsync(request),
            _ => throw new ApiException(ApiStatus.MethodNotAllowed),
        };
    }

    private static void CheckPath(ApiRequest request)
    {
        var (info, type) = (request.Info, request.Type);
        if (info.Subresource.Length > 0 && (info.Subresource != "status" || !type.HasStatus))
        {
            throw new ApiException(ApiStatus.UnknownPath);
        }

        // A namespaced object has a namespace; only lists and watches may span them all.
        if ((info.Namespace.Length > 0 && !type.Namespaced) || (info.Namespace.Length == 0 && type.Namespaced && info.Name.Length > 0))
        {
            throw new ApiException(ApiStatus.UnknownPath);
        }

        if ((info.Namespace.Length == 0 && type.Namespaced && info.Verb is not ("list" or "watch")) || (info.Name.Length == 0 && info.Verb is ("update" or "patch")))
        {
            throw new ApiException(ApiStatus.MethodNotAllowed);
        }
    }
}
