using k8s;
using Microsoft.Extensions.DependencyInjection;
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
        var (options, _) = new OperatorOptionsReader(flag => flag.Name switch { "--log-format" => format, "--http-address" => "127.0.0.1:0", _ => null }, _ => null).Read();
        using var listening = HttpSocket.Listen(options!.HttpAddress).Listening!;
        await using var host = OperatorHost.Build(options, new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, listening);

        host.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.QueueFullMode.ShouldBe(ConsoleLoggerQueueFullMode.DropWrite);
    }
}
