using System.CommandLine;
using System.Net.Sockets;
using ControllerRuntime.Connection;
using k8s;
using UploadSessions.Operator.Hosting;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Options;

namespace UploadSessions.Operator.Cli;

/// <summary><c>run</c>: the operator itself.</summary>
public static class RunCommand
{
    private const int BadOptions = 2;
    private const int Failed = 1;
    private const int LongestUsualLine = 4096;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Run the operator until it is told to stop (SIGTERM, Ctrl+C).");
        var options = OperatorFlags.All.ToDictionary(flag => flag, flag => flag.ToOption());
        foreach (var option in options.Values)
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new OperatorOptionsReader(flag => parsed.GetValue(options[flag]), Environment.GetEnvironmentVariable),
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(OperatorOptionsReader reader, TextWriter errors, CancellationToken cancellationToken)
    {
        var (options, wrong) = reader.Read();
        if (options is null)
        {
            foreach (var error in wrong)
                await errors.WriteLineAsync($"upload-session-operator: {error}");
            return BadOptions;
        }

        if (LoadCluster(options, errors) is not { } cluster || Listen(options, errors) is not { } listening)
            return BadOptions;

        // The console's own writer makes three writes of a line of the log, 256 characters each.
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), bufferSize: LongestUsualLine) { AutoFlush = true });
        using var socket = listening;
        await using var host = OperatorHost.Build(options, cluster, socket);
        var manager = host.Services.GetRequiredService<OperatorManager>();
        await host.RunAsync(cancellationToken);
        return manager.Failed ? Failed : 0;
    }

    /// <summary>A kubeconfig can be wrong in many ways, each with an exception of its own; all of them are an option to change and no defect.</summary>
    private static KubernetesClientConfiguration? LoadCluster(OperatorOptions options, TextWriter errors)
    {
        var source = KubernetesConfiguration.Choose(options.Kubeconfig, Environment.GetEnvironmentVariable("KUBECONFIG"));
        try
        {
            var cluster = source.Load();
            ApiConnection.Check(cluster);
            return cluster;
        }
#pragma warning disable CA1031
        catch (Exception unusable)
#pragma warning restore CA1031
        {
            errors.WriteLine($"upload-session-operator: {OperatorFlags.Kubeconfig.Told} {source.Reason}: {unusable.Message}");
            return null;
        }
    }

    private static Socket? Listen(OperatorOptions options, TextWriter errors)
    {
        var (listening, problem) = HttpSocket.Listen(options.HttpAddress);
        if (listening is null)
            errors.WriteLine($"upload-session-operator: {OperatorFlags.HttpAddress.Told} is '{options.HttpAddress}': {problem}");
        return listening;
    }
}
