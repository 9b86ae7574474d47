using System.Runtime.InteropServices;
using System.Text;
using Sandbox.Demo;
using Sandbox.Demo.Narration;

var (options, error) = DemoOptions.Parse(args);
if (options is null)
{
    (error is null ? Console.Out : Console.Error).WriteLine(error is null ? DemoOptions.Usage : $"{error}\n\n{DemoOptions.Usage}");
    return error is null ? 0 : 2;
}

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
var colours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
var interactive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
try
{
    return await new Demonstration(options, new Narrator(Console.Out, colours), interactive).RunAsync(stop.Token);
}
catch (StoryException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
