using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Reading;

namespace Sandbox.KubernetesApi.Watching;

/// <summary>A stream of watch events, one JSON document a line, until its timeout, the client's leaving or an ordered fault.</summary>
internal sealed class WatchResult(Subscription subscription, WatchFilter filter, ObjectRenderer renderer, FaultPlan faults, TimeProvider time, CancellationToken stopping)
    : ApiResult(200)
{
    private bool _wroteObject;

    public required TimeSpan Timeout { get; init; }

    /// <summary>How often to send a bookmark; null: never.</summary>
    public TimeSpan? BookmarkInterval { get; init; }

    public override void Release() => subscription.Dispose();

    protected override async Task WriteBodyAsync(HttpContext http)
    {
        // Timers and faults are armed before the client learns that the watch runs.
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var cut = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping, timeout.Token, cut.Token);
        await using var bookmarks = BookmarkInterval is { } interval ? time.CreateTimer(_ => subscription.RequestBookmark(), null, interval, interval) : null;
        WatchCut? ordered = null;
        void OnCut(WatchCut how)
        {
            ordered = how;
            cut.Cancel();
        }

        faults.WatchesCut += OnCut;
        try
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await PumpAsync(http.Response.Body, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await EndAsync(http, ordered);
        }
        finally
        {
            faults.WatchesCut -= OnCut;
        }
    }

    private async Task PumpAsync(Stream body, CancellationToken ending)
    {
        while (await subscription.Signals.WaitToReadAsync(ending))
        {
            while (!faults.WatchesStalled && subscription.Signals.TryRead(out var signal))
            {
                if (!await WriteAsync(body, signal, ending))
                {
                    return;
                }
            }

            await body.FlushAsync(ending);
            await faults.WhileStalledAsync(ending);
        }
    }

    private async Task<bool> WriteAsync(Stream body, WatchSignal signal, CancellationToken ending)
    {
        switch (signal)
        {
            case WatchEvent change when filter.See(change) is { } seen:
                await WriteLineAsync(body, seen.Kind.ToString().ToUpperInvariant(), renderer.WatchObject(seen.Object, isFirst: !_wroteObject), ending);
                _wroteObject = true;
                return true;
            case WatchBookmark bookmark:
                await WriteLineAsync(body, "BOOKMARK", renderer.Bookmark(bookmark.Version), ending);
                return true;
            case WatchExpired expired:
                await WriteLineAsync(body, "ERROR", ApiStatus.Expired(expired.Message).ToJson().ToUtf8(), ending);
                await body.FlushAsync(ending);
                return false;
            default:
                return true;
        }
    }

    private static async Task WriteLineAsync(Stream body, string kind, ReadOnlyMemory<byte> obj, CancellationToken ending)
    {
        await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{{\"type\":\"{kind}\",\"object\":"), ending);
        await body.WriteAsync(obj, ending);
        await body.WriteAsync("}\n"u8.ToArray(), ending);
    }

    private static async Task EndAsync(HttpContext http, WatchCut? ordered)
    {
        if (ordered == WatchCut.MidLine)
        {
            await http.Response.Body.WriteAsync("{\"type\":\"MODIFIED\",\"object\":{\"kin"u8.ToArray(), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }

        if (ordered is WatchCut.MidLine or WatchCut.Reset)
        {
            http.Abort();
        }
    }
}
