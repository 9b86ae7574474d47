namespace UploadSessions.Operator.Hosting;

/// <summary>Liveness and readiness.</summary>
public static class HealthEndpoints
{
    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: its caches are filled, whether or not it leads.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => "ok\n");
        endpoints.MapGet("/readyz", (OperatorManager manager) => manager.IsReady
            ? Results.Text("ok\n")
            : Results.Text("the caches are not filled yet\n", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
