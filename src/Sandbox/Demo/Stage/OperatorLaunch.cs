using System.Diagnostics;

namespace Sandbox.Demo.Stage;

/// <summary>How the operator is started: the only place that knows its flags.</summary>
internal sealed record OperatorLaunch
{
    public required string Path { get; init; }

    public required string Kubeconfig { get; init; }

    public required Uri Sts { get; init; }

    public required Uri S3 { get; init; }

    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    /// <summary>Stands in for the home directory.</summary>
    public required string Home { get; init; }

    /// <summary>The process to start.</summary>
    public ProcessStartInfo ToStartInfo()
    {
        var managed = Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo
        {
            FileName = managed ? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet" : Path,
            WorkingDirectory = Home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (managed)
            start.ArgumentList.Add(Path);
        foreach (var argument in Arguments())
            start.ArgumentList.Add(argument);
        CleanEnvironment.Apply(start.Environment, Home);
        start.Environment["AWS_ACCESS_KEY_ID"] = AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = SecretAccessKey;
        return start;
    }

    private string[] Arguments() =>
    [
        "run",
        "--kubeconfig", Kubeconfig,
        "--sts-endpoint", Sts.ToString(),
        "--s3-endpoint", S3.ToString(),
        "--region", DemoSession.Region,
        "--grants", "disabled",
        "--leader-election-namespace", "default",
        "--http-address", "127.0.0.1:0",
        "--log-format", "text",
    ];

    /// <summary>Names the program, never the key.</summary>
    public override string ToString() => $"OperatorLaunch {{ Path = {Path} }}";
}
