namespace Sandbox.KubernetesApi;

/// <summary>A request that was answered.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="StatusCode">The HTTP status; 0 where the connection was cut instead.</param>
/// <param name="At">When the answer began.</param>
public sealed record LoggedRequest(RequestInfo Request, int StatusCode, DateTimeOffset At);
