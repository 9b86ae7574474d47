using System.Globalization;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Reading;

/// <summary>Answers get and list.</summary>
internal sealed class Reader(ObjectStore store, PagedSnapshots snapshots, TimeProvider time)
{
    public ApiResult Get(ApiRequest request)
    {
        var key = new ObjectKey(request.Info.Namespace, request.Info.Name);
        var stored = store.Find(request.Type.StorageName, key) ?? throw new ApiException(ApiStatus.NotFound(request.Type, key.Name));
        return new ContentResult(200, ObjectRenderer.For(request, time).Object(stored));
    }

    public ApiResult List(ApiRequest request)
    {
        ListOptions.Check(request);
        var filter = ObjectFilter.For(request);
        var limit = int.TryParse(request.Query("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : int.MaxValue;
        CheckVersion(request);
        var token = request.Query("continue") is { Length: > 0 } text ? ContinueToken.Parse(text) : null;
        var snapshot = token is null ? store.Snapshot(request.Type.StorageName) : snapshots.Get(request.Type.StorageName, token.Version);
        return new ContentResult(200, ObjectRenderer.For(request, time).List(Page(request.Type, snapshot, filter, token, limit)));
    }

    private ObjectPage Page(ResourceType type, Snapshot snapshot, ObjectFilter filter, ContinueToken? token, int limit)
    {
        var left = snapshot.Objects.Values.Where(stored => (token is null || stored.Key.CompareTo(token.After) > 0) && filter.Matches(stored)).ToList();
        if (left.Count <= limit)
        {
            return new(left, snapshot.Version, null, null);
        }

        snapshots.Keep(type.StorageName, snapshot);
        var page = left[..limit];
        var next = new ContinueToken(snapshot.Version, page[^1].Key).ToString();
        return new(page, snapshot.Version, next, filter.HasSelector ? null : left.Count - limit);
    }

    /// <summary>Lists are always of now, which satisfies every version asked for but an exact past one or a future one.</summary>
    private void CheckVersion(ApiRequest request)
    {
        var (version, match) = (request.Query("resourceVersion"), request.Query("resourceVersionMatch"));
        if (version.Length == 0)
        {
            return;
        }

        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw ListOptions.Invalid(FieldError.Invalid("resourceVersion", version, "must be a whole number"));
        }

        if (number > store.Version)
        {
            throw new ApiException(new(504, "Timeout", $"Timeout: Too large resource version: {number}, current: {store.Version}")
            {
                RetryAfterSeconds = 1,
                Causes = [new("ResourceVersionTooLarge", "", "Too large resource version")],
            });
        }

        if (match == "Exact" && number != store.Version)
        {
            throw new ApiException(ApiStatus.Expired($"The resourceVersion for the provided list is too old."));
        }
    }
}
