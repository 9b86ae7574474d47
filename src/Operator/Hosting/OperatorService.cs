using ControllerRuntime.Connection;
using ControllerRuntime.Leadership;
using UploadSessions.Operator.Telemetry;

namespace UploadSessions.Operator.Hosting;

/// <summary>Runs the operator inside the host. Its unexpected end ends the process: a replica that does nothing must not look alive.</summary>
public sealed class OperatorService(OperatorManager manager, ApiConnection connection, OperatorIdentity identity, IHostApplicationLifetime lifetime, ILogger<OperatorService> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        logger.Starting(OperatorVersion.Current, connection.BaseAddress, identity.Instance);
        try
        {
            await manager.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
#pragma warning disable CA1031 // Whatever ended it, the process ends with it, and non-zero.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.Ending(exception is LeadershipLostException ? null : exception, exception.Message);
        }
        finally
        {
            lifetime.StopApplication();
        }
    }
}
