using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sandbox.Demo.Stage;

/// <summary>The operator as it ships, in a process of its own. What it prints goes to a file; the last lines are kept.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    private const int TailLength = 30;
    private const int SigTerm = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Queue<string> _tail = new();
    private readonly Process _process;
    private readonly StreamWriter _log;

    private OperatorProcess(Process process, StreamWriter log)
    {
        (_process, _log) = (process, log);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>The exit code, once it has ended by itself.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>The last lines it printed.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _tail);
        }
    }

    /// <summary>Starts it.</summary>
    public static OperatorProcess Start(OperatorLaunch launch, string logFile)
    {
        var process = new Process { StartInfo = launch.ToStartInfo() };
        var started = new OperatorProcess(process, new StreamWriter(logFile) { AutoFlush = true });
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new StoryException($"the operator cannot be started: {failure.Message}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Asks it to stop as Kubernetes would, and kills it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var limit = new CancellationTokenSource(StopLimit, TimeProvider.System);
            try
            {
                if (OperatingSystem.IsWindows() || Kill(_process.Id, SigTerm) != 0)
                    _process.Kill();
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
        lock (_gate)
            _log.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLength)
                _tail.Dequeue();
            if (_log.BaseStream is { CanWrite: true })
                _log.WriteLine(line);
        }
    }
}
