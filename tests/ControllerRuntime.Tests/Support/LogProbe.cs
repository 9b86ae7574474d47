using Microsoft.Extensions.Logging;

namespace ControllerRuntime.Tests.Support;

/// <summary>Keeps every log line, with its exception.</summary>
public sealed class LogProbe : ILoggerFactory, ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get { lock (_lock) return [.. _lines.Select(static line => line.Text)]; }
    }

    public IReadOnlyList<string> Problems
    {
        get { lock (_lock) return [.. _lines.Where(static line => line.Level >= LogLevel.Warning).Select(static line => line.Text)]; }
    }

    public ILogger<T> Of<T>() => new Logger<T>(this);

    public ILogger CreateLogger(string categoryName) => new Sink(this);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Sink(LogProbe probe) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (probe._lock) probe._lines.Add((logLevel, $"{formatter(state, exception)} {exception}"));
        }
    }
}
