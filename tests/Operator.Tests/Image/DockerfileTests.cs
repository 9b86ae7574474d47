using System.Text.RegularExpressions;

namespace Operator.Tests.Image;

/// <summary>The image as its Dockerfile makes it; tests/image plays the build stage and probes the binary.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Final = FinalStage();

    [Fact]
    public void The_image_holds_the_binary_alone_and_needs_no_shell()
    {
        Final[0].ShouldMatch("^FROM .*-chiseled$");
        Final.ShouldNotContain(line => line.StartsWith("RUN ", StringComparison.Ordinal) || line.StartsWith("ADD ", StringComparison.Ordinal));
        Final.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldBe("COPY --from=build /source/publish/upload-session-operator /upload-session-operator");
        Final.ShouldContain("ENTRYPOINT [\"/upload-session-operator\"]");
        Final.ShouldContain("CMD [\"run\"]");
    }

    /// <summary>By number, so that the kubelet can check runAsNonRoot.</summary>
    [Fact]
    public void It_runs_as_the_user_that_the_manifests_name()
    {
        var manifest = Regex.Match(Text("docs/install/operator.yaml"), "runAsUser: ([0-9]+)").Groups[1].Value;
        manifest.ShouldNotBe("0");
        Final.ShouldContain($"USER {manifest}:{manifest}");
    }

    [Theory]
    [InlineData("title")]
    [InlineData("description")]
    [InlineData("licenses")]
    [InlineData("version")]
    public void It_is_labelled(string label) =>
        string.Concat(Final).ShouldMatch($"org\\.opencontainers\\.image\\.{label}=\"[^\"]+\"");

    [Fact]
    public void Its_version_is_that_of_the_build()
    {
        var version = Regex.Match(Text("Directory.Build.props"), "<VersionPrefix>(.+)</VersionPrefix>").Groups[1].Value;
        string.Concat(Final).ShouldContain($"org.opencontainers.image.version=\"{version}\"");
    }

    private static string[] FinalStage()
    {
        var lines = Text("Dockerfile").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines[Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal))..];
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
}
