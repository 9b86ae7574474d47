using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime.Tests.Support;

/// <summary>An HTTP server that holds Leases as the API server does: create, read and replace with optimistic concurrency. It can be made to fail or to hang.</summary>
public sealed class LeaseServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly WebApplication _app;
    private JsonObject? _lease;
    private int _version = 100;

    private LeaseServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Asked before each request; a status other than 0 is the answer.</summary>
    public Func<HttpRequest, Task<int>> Intercept { get; set; } = _ => Task.FromResult(0);

    /// <summary>How many writes succeeded.</summary>
    public int Writes { get; private set; }

    public JsonObject? Lease
    {
        get { lock (_lock) return (JsonObject?)_lease?.DeepClone(); }
    }

    public string? Holder => (string?)Lease?["spec"]?["holderIdentity"];

    public static async Task<LeaseServer> StartAsync()
    {
        var server = new LeaseServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Changes the lease behind everybody's back; null deletes it.</summary>
    public void Set(JsonObject? lease)
    {
        lock (_lock)
        {
            _lease = lease;
            if (lease is not null) lease["metadata"]!["resourceVersion"] = $"{++_version}";
        }
    }

    /// <summary>A Lease held by somebody.</summary>
    public static JsonObject HeldBy(string holder, string renewed = "2026-01-01T00:00:00.000000Z", int seconds = 15) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "operator", ["namespace"] = "system", ["labels"] = new JsonObject { ["team"] = "a" } },
        ["spec"] = new JsonObject { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = seconds, ["renewTime"] = renewed, ["leaseTransitions"] = 3, ["strategy"] = "OldestEmulationVersion" },
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var body = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0
            ? (JsonObject?)await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)
            : null;
        var status = await Intercept(context.Request);
        JsonObject? answer = null;
        if (status == 0) (status, answer) = Answer(context.Request.Method, context.Request.Path, body);
        answer ??= new JsonObject { ["kind"] = "Status", ["reason"] = $"Reason{status}", ["message"] = "no", ["code"] = status };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(JsonSerializerOptions.Default), context.RequestAborted);
    }

    private (int Status, JsonObject? Answer) Answer(string method, string path, JsonObject? body)
    {
        const string collection = "/apis/coordination.k8s.io/v1/namespaces/system/leases";
        lock (_lock)
        {
            return (method, path) switch
            {
                ("GET", collection + "/operator") => _lease is null ? (404, null) : (200, (JsonObject)_lease.DeepClone()),
                ("POST", collection) => _lease is null ? Store(201, body!) : (409, null),
                ("PUT", collection + "/operator") when _lease is null => (404, null),
                ("PUT", collection + "/operator") => (string?)body!["metadata"]!["resourceVersion"] == (string?)_lease!["metadata"]!["resourceVersion"] ? Store(200, body) : (409, null),
                _ => (405, null),
            };
        }
    }

    private (int Status, JsonObject? Answer) Store(int status, JsonObject body)
    {
        Set(body);
        Writes++;
        return (status, (JsonObject)body.DeepClone());
    }
}
