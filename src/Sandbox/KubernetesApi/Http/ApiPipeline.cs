using Microsoft.AspNetCore.Http.Features;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Tokens;

namespace Sandbox.KubernetesApi.Http;

/// <summary>Every request's way: loopback only, authentication, ordered faults, the answer, the log.</summary>
internal sealed class ApiPipeline(
    Authenticator authenticator,
    ResourceRegistry registry,
    Endpoints endpoints,
    ResourceEndpoint resources,
    FaultPlan faults,
    RequestLog log,
    TimeProvider time)
{
    public async Task HandleAsync(HttpContext http)
    {
        var info = RequestReader.Read(http.Request);
        if (!IsLoopback(http.Request.Host))
        {
            await AnswerAsync(http, info, ApiResult.From(ApiStatus.Forbidden("the sandbox answers on localhost only")));
            return;
        }

        if (Endpoints.Public(info.Path) is { } open)
        {
            await AnswerAsync(http, info, open);
            return;
        }

        if (authenticator.Authenticate(http.Request.Headers.Authorization.ToString()) is not { } user)
        {
            await AnswerAsync(http, info, ApiResult.From(ApiStatus.Unauthorized));
            return;
        }

        await HandleAuthenticatedAsync(http, info with { User = user });
    }

    private async Task HandleAuthenticatedAsync(HttpContext http, RequestInfo info)
    {
        var fault = faults.For(info);
        if (fault is { Wait.Ticks: > 0 })
        {
            await Task.Delay(fault.Wait, time, http.RequestAborted);
        }

        if (fault is { TakesEffect: false } && await BreakAsync(http, info, fault))
        {
            return;
        }

        var result = await ResultAsync(http, info);
        try
        {
            if (fault is null || !await BreakAsync(http, info, fault))
            {
                await AnswerAsync(http, info, result);
            }
        }
        finally
        {
            result.Release();
        }
    }

    /// <summary>Answers with a fault.</summary>
    /// <returns>False when the fault leaves the answer as it is.</returns>
    private async Task<bool> BreakAsync(HttpContext http, RequestInfo info, FaultResponse fault)
    {
        if (fault.CutsConnection)
        {
            log.Add(new(info, 0, time.GetUtcNow()));
            http.Abort();
            return true;
        }

        if (fault.StatusCode is { } code)
        {
            await AnswerAsync(http, info, ApiResult.From(FaultStatus(code, fault.RetryAfterSeconds)));
            return true;
        }

        return false;
    }

    private async Task<ApiResult> ResultAsync(HttpContext http, RequestInfo info)
    {
        try
        {
            return info.Resource.Length == 0 ? Other(http, info) : await ResourceAsync(http, info);
        }
        catch (ApiException error)
        {
            return ApiResult.From(error.Status);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiResult.From(ApiStatus.TooLarge);
        }
    }

    private ApiResult Other(HttpContext http, RequestInfo info) =>
        (HttpMethods.IsGet(http.Request.Method) ? endpoints.Get(info.Path, http.Request.Host, info.Accept) : null) ?? ApiResult.Text("404 page not found\n", 404);

    private async Task<ApiResult> ResourceAsync(HttpContext http, RequestInfo info)
    {
        if (await Endpoints.ReviewAsync(http, info) is { } review)
        {
            return review;
        }

        if (registry.Find(info.Group, info.Version, info.Resource) is { } type)
        {
            return await resources.HandleAsync(new ApiRequest(http, info, type));
        }

        return registry.HasBuiltIn(info.Group, info.Version) ? throw new ApiException(ApiStatus.UnknownPath) : ApiResult.Text("404 page not found\n", 404);
    }

    private async Task AnswerAsync(HttpContext http, RequestInfo info, ApiResult result)
    {
        log.Add(new(info, result.StatusCode, time.GetUtcNow()));
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await result.WriteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
    }

    private static ApiStatus FaultStatus(int code, int retryAfterSeconds) => code switch
    {
        429 => new(429, "TooManyRequests", "the server has received too many requests and has asked us to try again later") { RetryAfterSeconds = retryAfterSeconds },
        503 => new(503, "ServiceUnavailable", "the server is currently unable to handle the request"),
        500 => new(500, "InternalError", "Internal error occurred: ordered by the test"),
        410 => ApiStatus.Expired("too old resource version"),
        409 => new(409, "Conflict", "the object has been modified; please apply your changes to the latest version and try again"),
        404 => ApiStatus.UnknownPath,
        403 => ApiStatus.Forbidden("forbidden: ordered by the test"),
        401 => ApiStatus.Unauthorized,
        _ => new(code, "", "ordered by the test"),
    };

    private static bool IsLoopback(HostString host) => host.Host is "localhost" or "127.0.0.1" or "[::1]";
}
