namespace Sandbox.Demo;

/// <summary>The command line of the demonstration.</summary>
/// <param name="OperatorPath">The operator's .dll or executable; null: the build beside this one.</param>
/// <param name="Wait">Whether to stay up after the story where there is a terminal.</param>
/// <param name="Keep">Whether the scratch directory is left for a look.</param>
public sealed record DemoOptions(string? OperatorPath, bool Wait, bool Keep)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage = """
        Usage: upload-session-sandbox [--operator PATH] [--no-wait] [--keep]

        Starts a Kubernetes API, an STS and an S3 on loopback, and the operator, and plays the operator's story.
        With a terminal it then stays up to be played with. A sandbox: never for production.

          --operator PATH  the operator's .dll or executable (default: the build in src/Operator/bin)
          --no-wait        end after the story, terminal or not
          --keep           leave the scratch directory with the operator's log and the kubeconfig
          --help           this text
        """;

    /// <summary>Reads the arguments.</summary>
    /// <returns>The options, or a sentence on what is wrong; neither if help was asked for.</returns>
    public static (DemoOptions? Options, string? Error) Parse(IReadOnlyList<string> arguments)
    {
        var options = new DemoOptions(OperatorPath: null, Wait: true, Keep: false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--operator" when i + 1 < arguments.Count:
                    options = options with { OperatorPath = arguments[++i] };
                    break;
                case "--operator":
                    return (null, "--operator needs a path");
                case "--no-wait":
                    options = options with { Wait = false };
                    break;
                case "--keep":
                    options = options with { Keep = true };
                    break;
                case "--help" or "-h":
                    return (null, null);
                default:
                    return (null, $"unknown argument '{arguments[i]}'");
            }
        }

        return (options, null);
    }
}
