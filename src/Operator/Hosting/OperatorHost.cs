using System.Net.Sockets;
using System.Text.Encodings.Web;
using ControllerRuntime.Connection;
using ControllerRuntime.Telemetry;
using ControllerRuntime.Watching;
using k8s;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Options;
using UploadSessions.Operator.Reconciling;
using UploadSessions.Operator.Sts;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Hosting;

/// <summary>Composes the operator: one place where everything is wired.</summary>
public static class OperatorHost
{
    private const string ServiceName = "upload-session-operator";

    /// <summary>Builds the host; nothing is started or connected yet.</summary>
    /// <param name="options">The checked options.</param>
    /// <param name="cluster">Where the API server is.</param>
    /// <param name="listening">The socket of health and metrics.</param>
    public static WebApplication Build(OperatorOptions options, KubernetesClientConfiguration cluster, Socket listening)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // The host's own sources would watch files; OpenTelemetry reads its OTEL_ variables from here.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddEnvironmentVariables();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.HttpAddress);
        });
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => listening);
        AddLogging(builder.Logging, options);
        AddTelemetry(builder.Services);
        AddOperator(builder.Services, options, cluster);
        var app = builder.Build();
        // Nothing asks for the gauges: they register themselves when they are made.
        app.Services.GetRequiredService<SessionGauges>();
        HealthEndpoints.Map(app);
        app.MapPrometheusScrapingEndpoint();
        SessionMetrics.Map(app);
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, OperatorOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // Where whoever reads the log hangs, lines are lost, and counted, rather than renewals: by default who logs waits.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        if (options.JsonLogs)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

                // Lines of a log are no part of a web page: quotes and plus signs stay readable.
                json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(text =>
            {
                text.SingleLine = true;
                text.UseUtcTimestamp = true;
                text.TimestampFormat = "HH:mm:ss.fff ";
            });
        }
    }

    private static void AddTelemetry(IServiceCollection services)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: OperatorVersion.Current));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(OperatorMetrics.Name, RuntimeMetrics.MeterName).AddPrometheusExporter();
            if (HasCollector("METRICS"))
                metrics.AddOtlpExporter();
        });
        if (HasCollector("TRACES"))
            telemetry.WithTracing(traces => traces.AddSource(OperatorMetrics.Name, RuntimeMetrics.ActivitySourceName).AddOtlpExporter());
    }

    /// <summary>Whether one is named for this signal, or for all ("OpenTelemetry Protocol Exporter", endpoint configuration).</summary>
    private static bool HasCollector(string signal) =>
        new[] { "OTEL_EXPORTER_OTLP_ENDPOINT", $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT" }.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    private static void AddOperator(IServiceCollection services, OperatorOptions options, KubernetesClientConfiguration cluster)
    {
        // One after the other, a request that somebody has sent half of would hold up the leader's end.
        services.Configure<HostOptions>(host => host.ServicesStopConcurrently = true);
        OwnIdentity.Register();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // The one place that chooses it; the workers share it, and an instance of one's own is not thread-safe.
        services.AddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddSingleton(new SpecDefaults(options.Region, options.S3Endpoint, options.StsEndpoint, options.TokenAudience));
        services.AddSingleton(new OperatorIdentity($"{Environment.MachineName}_{Guid.NewGuid():N}"));
        services.AddSingleton<RuntimeMetrics>();
        services.AddSingleton<OperatorMetrics>();
        services.AddSingleton<SessionGauges>();

        services.AddSingleton(provider => ApiConnection.Create(
            cluster,
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<RuntimeMetrics>()));
        services.AddSingleton(new ObjectStore<UploadSession>(SessionCaches.WatchedSessions, options.Namespaces));
        services.AddSingleton(new ObjectStore<SecretMetadata>(SessionCaches.WatchedSecrets, options.Namespaces));
        services.AddSingleton<SessionCaches>();
        services.AddSingleton<GrantCaches>();
        services.AddSingleton<GrantBook>();
        services.AddSingleton<ApiRequests>();
        services.AddSingleton<KubernetesWriter>();
        services.AddSingleton<ServiceAccountTokens>();
        services.AddSingleton(_ => new StsClients(options.StsEndpoint));
        services.AddSingleton(provider => new StsRateLimiter(provider.GetRequiredService<TimeProvider>(), options.StsRate));
        services.AddSingleton(_ => new StsCircuits(Math.Max(1, options.Workers / 4)));
        services.AddSingleton<StsIssuer>();
        services.AddSingleton<SessionMemories>();
        services.AddSingleton<EventBudget>();
        services.AddSingleton<SessionEvents>();
        services.AddSingleton<SecretWriter>();
        services.AddSingleton<SessionIssuer>();
        services.AddSingleton<UploadSessionReconciler>();
        services.AddSingleton(provider => new RightsGuard(provider.GetRequiredService<UploadSessionReconciler>(), provider.GetRequiredService<ILogger<RightsGuard>>()));
        services.AddSingleton<OperatorManager>();
        services.AddHostedService<OperatorService>();
    }
}
