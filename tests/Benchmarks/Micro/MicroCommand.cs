using System.CommandLine;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using TestServers.Running;

namespace Benchmarks.Micro;

/// <summary><c>micro</c>: the hot paths under BenchmarkDotNet, and what the caches keep of a session.</summary>
public static class MicroCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("micro", "Measures the hot paths alone, time and allocations, and what is kept of a session in memory.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        // In this process: a build of its own would not find the repository's settings.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: true)))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub, JsonExporter.Full)
            .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "bench", "micro"));
        var summary = BenchmarkRunner.Run<HotPaths>(config);
        Console.WriteLine();
        foreach (var (what, bytes) in Footprint.Measure())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kept of a session by {what}: {bytes:N0} bytes"));
        return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
    }
}
