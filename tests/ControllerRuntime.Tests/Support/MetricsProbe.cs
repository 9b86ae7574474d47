using System.Diagnostics.Metrics;
using ControllerRuntime.Telemetry;

namespace ControllerRuntime.Tests.Support;

/// <summary>A set of instruments and everything recorded by them.</summary>
public sealed class MetricsProbe : IMeterFactory
{
    private readonly Lock _lock = new();
    private readonly List<(string Instrument, string Tags, double Value)> _records = [];
    private readonly List<Meter> _meters = [];
    private readonly MeterListener _listener = new();

    public MetricsProbe()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
        Metrics = new RuntimeMetrics(this);
    }

    public RuntimeMetrics Metrics { get; }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name, options.Version, options.Tags, scope: this);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>The sum of an instrument's records with these tags (<c>a=1,b=2</c>).</summary>
    public double Sum(string instrument, string tags) => Values(instrument, tags).Sum();

    public IReadOnlyList<double> Values(string instrument, string tags)
    {
        lock (_lock) return [.. _records.Where(record => record.Instrument == instrument && record.Tags == tags).Select(static record => record.Value)];
    }

    /// <summary>The values that an observable instrument shows now, by tags.</summary>
    public IReadOnlyDictionary<string, double> Observe(string instrument)
    {
        lock (_lock) _records.RemoveAll(record => record.Instrument == instrument);
        _listener.RecordObservableInstruments();
        lock (_lock) return _records.Where(record => record.Instrument == instrument).ToDictionary(static record => record.Tags, static record => record.Value);
    }

    public IReadOnlyList<string> TagsOf(string instrument)
    {
        lock (_lock) return [.. _records.Where(record => record.Instrument == instrument).Select(static record => record.Tags).Distinct()];
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters) meter.Dispose();
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(',', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"));
        lock (_lock) _records.Add((instrument.Name, text, value));
    }
}
