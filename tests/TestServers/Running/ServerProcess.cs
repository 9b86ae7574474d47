using System.Diagnostics;

namespace TestServers.Running;

/// <summary>A server in a process group of its own, its output in a file. It never outlives the tests, however they end.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesTold = 10;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // Standard input is a pipe that the tests hold and never write to: it reads as ended when they are gone, killed or
    // not, and then the whole group goes. (A parent-death signal would come when the starting thread ends.)
    private const string Keeper = """
        exec 3<&0 2>/dev/null
        trap : TERM
        log=$1
        shift
        "$@" >"$log" 2>&1 </dev/null 3<&- &
        server=$!
        { read -r _ <&3; kill -KILL 0; } &
        until wait $server; code=$?; ! kill -0 $server 2>/dev/null; do :; done
        exit $code
        """;

    private readonly string _program;
    private readonly string _log;
    private readonly Process _process;

    private ServerProcess(string program, string log, Process process) => (_program, _log, _process) = (Path.GetFileName(program), log, process);

    /// <summary>Starts a server.</summary>
    /// <param name="program">A name on the PATH, or a path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="log">The file that takes what it prints.</param>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, string log)
    {
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", Keeper, "keeper", log, program, .. arguments]) { RedirectStandardInput = true };
        return new(program, log, Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

    /// <summary>The end of what it printed.</summary>
    public string LastWords => $"{_program}:\n" + (File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(LinesTold)) : "");

    /// <summary>Ends when the server does.</summary>
    public Task EndedAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Says with what last words the server ended, if it did.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public void ThrowIfEnded()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"ended with code {_process.ExitCode}: {LastWords}");
    }

    /// <summary>Asks the group to end, and ends what is left of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await SignalAsync("-TERM");
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Grace, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // It had its time.
        }

        await SignalAsync("-KILL");
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        // setsid made the process the leader of its group. A group that is gone already is fine.
        var start = new ProcessStartInfo("kill", [signal, "--", $"-{_process.Id}"]) { RedirectStandardError = true };
        using var kill = Process.Start(start)!;
        await kill.WaitForExitAsync();
    }
}
