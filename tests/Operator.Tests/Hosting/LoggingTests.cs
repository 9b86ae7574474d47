using ControllerRuntime.Connection;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using UploadSessions.Operator.Hosting;
using UploadSessions.Operator.Options;

namespace Operator.Tests.Hosting;

public sealed class LoggingTests
{
    /// <summary>By default who logs waits for room in the queue: workers would stand still, and the lease would be renewed all the same.</summary>
    [Theory]
    [InlineData("json")]
    [InlineData("text")]
    public async Task A_log_that_nobody_reads_holds_nothing_up(string format)
    {
        await using var host = Build(format);
        host.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.QueueFullMode.ShouldBe(ConsoleLoggerQueueFullMode.DropWrite);
    }

    [Fact]
    public async Task An_operator_that_ends_for_a_defect_tells_where_that_is()
    {
        await using var host = Build("json");
        using var log = new LastFailure();
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        host.Services.GetRequiredService<ApiConnection>().Dispose();

        var service = host.Services.GetServices<IHostedService>().OfType<OperatorService>().Single();
        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
        log.Told!.StackTrace.ShouldNotBeNull().ShouldContain(nameof(ApiConnection));
    }

    private static WebApplication Build(string format)
    {
        var (options, _) = new OperatorOptionsReader(flag => flag.Name switch { "--log-format" => format, "--http-address" => "127.0.0.1:0", _ => null }, _ => null).Read();
        return OperatorHost.Build(options!, new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, HttpSocket.Listen(options!.HttpAddress).Listening!);
    }

    /// <summary>Keeps the exception of the last line that has one.</summary>
    private sealed class LastFailure : ILoggerProvider, ILogger
    {
        public Exception? Told { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Told = exception ?? Told;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
