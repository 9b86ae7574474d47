using System.Globalization;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Reading;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Watching;

/// <summary>Answers watch requests.</summary>
internal sealed class Watcher(ObjectStore store, FaultPlan faults, KubernetesApiOptions options, CancellationToken stopping)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    public ApiResult Watch(ApiRequest request)
    {
        if (request.Query("sendInitialEvents").Length > 0)
        {
            throw ListOptions.Invalid(FieldError.Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled"));
        }

        ListOptions.Check(request);
        var filter = ObjectFilter.For(request);
        if (request.Info.Name.Length > 0)
        {
            filter = filter with { Fields = Selectors.FieldSelector.Parse("metadata.name=" + request.Info.Name, request.Type) };
        }

        var subscription = store.Subscribe(request.Type.StorageName, Version(request.Query("resourceVersion")));
        return new WatchResult(subscription, new WatchFilter(filter), ObjectRenderer.For(request, options.TimeProvider), faults, options.TimeProvider, stopping)
        {
            Timeout = int.TryParse(request.Query("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
                ? TimeSpan.FromSeconds(seconds)
                : DefaultTimeout,
            BookmarkInterval = request.Flag("allowWatchBookmarks") ? options.BookmarkInterval : null,
        };
    }

    /// <summary>None and 0 begin with what there is.</summary>
    private static long? Version(string text) => text switch
    {
        "" or "0" => null,
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
        _ => throw ListOptions.Invalid(FieldError.Invalid("resourceVersion", text, "must be a whole number")),
    };
}
