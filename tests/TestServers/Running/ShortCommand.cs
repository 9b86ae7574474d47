using System.Diagnostics;

namespace TestServers.Running;

/// <summary>Runs a program that ends by itself.</summary>
public static class ShortCommand
{
    /// <summary>Runs it to its end, or ends it when cancelled.</summary>
    /// <returns>What it printed to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said of that.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} ended with code {process.ExitCode}:\n{await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
