using System.Text;
using Microsoft.AspNetCore.Http;

namespace ControllerRuntime.Tests.Support;

/// <summary>A request that waits for the test to answer it.</summary>
public sealed class ScriptedRequest(HttpContext context)
{
    private readonly CancellationToken _aborted = context.RequestAborted;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    public string Method => context.Request.Method;

    public string Path => context.Request.Path;

    public string Protocol => context.Request.Protocol;

    public string? ClientCertificate => context.Connection.ClientCertificate?.Subject;

    public string Host => context.Request.Host.Host;

    public bool IsWatch => this["watch"] == "true";

    /// <summary>True once the client has gone away.</summary>
    public bool IsAborted => _aborted.IsCancellationRequested;

    /// <summary>A query parameter; empty where absent.</summary>
    public string this[string parameter] => context.Request.Query[parameter].ToString();

    public string Header(string name) => context.Request.Headers[name].ToString();

    public async Task<string> BodyAsync()
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Answers whole, as JSON.</summary>
    public async Task AnswerAsync(string body, int status = 200, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body, TestContext.Current.CancellationToken);
        End();
    }

    /// <summary>Refuses with a Kubernetes Status.</summary>
    public Task RefuseAsync(int status, string reason, params (string Name, string Value)[] headers) =>
        AnswerAsync($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":"no: {{reason}}","code":{{status}}}""", status, headers);

    /// <summary>Sends the head of the answer, and what there is of a stream so far.</summary>
    public async Task SendAsync(string text = "")
    {
        if (!context.Response.HasStarted) context.Response.ContentType = "application/json";
        await context.Response.StartAsync(TestContext.Current.CancellationToken);
        await context.Response.WriteAsync(text, TestContext.Current.CancellationToken);
        await context.Response.Body.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the answer in order.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Cuts the connection.</summary>
    public void Cut() => context.Abort();
}
