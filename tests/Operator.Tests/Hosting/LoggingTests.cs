using System.Net;
using System.Net.Sockets;
using ControllerRuntime.Connection;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using UploadSessions.Operator.Hosting;
using UploadSessions.Operator.Options;

namespace Operator.Tests.Hosting;

public sealed class LoggingTests : IDisposable
{
    private readonly Socket _listening = HttpSocket.Listen(new(IPAddress.Loopback, 0)).Listening!;

    public void Dispose() => _listening.Dispose();

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
        using var log = new FakeLoggerProvider();
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        host.Services.GetRequiredService<ApiConnection>().Dispose();

        var service = host.Services.GetServices<IHostedService>().OfType<OperatorService>().Single();
        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
        log.Collector.GetSnapshot().Single(record => record.Level == LogLevel.Critical).Exception.ShouldNotBeNull().StackTrace.ShouldNotBeNull().ShouldContain(nameof(ApiConnection));
    }

    private WebApplication Build(string format)
    {
        var (options, _) = new OperatorOptionsReader(flag => flag.Name switch { "--log-format" => format, "--http-address" => "127.0.0.1:0", _ => null }, _ => null).Read();
        return OperatorHost.Build(options!, new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, _listening);
    }
}
