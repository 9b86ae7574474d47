using UploadSessions.Operator.Cli;

namespace Operator.Tests.Cli;

/// <summary>The examples of the documentation are valid.</summary>
public sealed class ExamplesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "examples");

    public static TheoryData<string> Examples => [.. new DirectoryInfo(Folder).GetFiles("*.yaml").Select(file => file.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_renders(string name)
    {
        string[] endpoint = name == "s3-compatible.yaml" ? ["--s3-endpoint", "https://store.example", "--sts-endpoint", "https://store.example"] : [];
        var (exit, output, error) = CommandLine.Invoke(RenderCommand.Create(), ["-f", Path.Combine(Folder, name), .. endpoint]);
        exit.ShouldBe(0, error);
        output.ShouldContain("\"Effect\":\"Allow\"");
    }
}
