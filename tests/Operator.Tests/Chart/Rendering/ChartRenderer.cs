using Sandbox.KubernetesApi.Json;

namespace Operator.Tests.Chart.Rendering;

/// <summary>Renders the chart without Helm: builds tests/chart/render once, when it is first needed.</summary>
public sealed class ChartRenderer : IDisposable
{
    private static readonly string[] Packages = ["github.com/Masterminds/sprig", "github.com/xeipuuv/gojsonschema", "sigs.k8s.io/yaml"];

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("chart-");
    private readonly Lazy<Task<string>> _program;

    public ChartRenderer() => _program = new(BuildAsync);

    /// <summary>The objects of a release.</summary>
    public async Task<RenderedChart> RenderAsync(ChartRelease release) => new(YamlText.ParseAll(await TextAsync(release)));

    /// <summary>Why a release is refused.</summary>
    public async Task<string> RefusalAsync(ChartRelease release) => (await Should.ThrowAsync<InvalidOperationException>(() => TextAsync(release))).Message;

    /// <summary>What a release renders to.</summary>
    public async Task<string> TextAsync(ChartRelease release)
    {
        Require();
        List<string> arguments = ["-release", release.Name, "-namespace", release.Namespace, "-numbers", release.Numbers];
        arguments.AddRange(release.ApiVersions.SelectMany(version => new[] { "-api-versions", version }));
        if (release.Combination.Length > 0)
            arguments.AddRange(["-values", ChartFiles.ValuesOf(release.Combination)]);
        if (release.Values is { } values)
            arguments.AddRange(["-values", await WriteAsync(values)]);
        if (release.Notes)
            arguments.Add("-notes");
        return await ShortCommand.RunAsync(await _program.Value, [.. arguments, ChartFiles.Folder], TestContext.Current.CancellationToken);
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private static void Require()
    {
        Tools.Require(Tools.Has("go"), "chart: Go is not on the PATH (docs/testing.md names the packages)");
        foreach (var package in Packages)
            Tools.Require(Directory.Exists(Path.Combine("/usr/share/gocode/src", package)), $"chart: the Go package {package} of Debian is not installed (docs/testing.md names the packages)");
    }

    private async Task<string> BuildAsync()
    {
        var program = Path.Combine(_scratch.FullName, "render");
        await ShortCommand.RunAsync(Path.Combine(ChartFiles.Tests, "render", "build.sh"), [program], CancellationToken.None);
        return program;
    }

    private async Task<string> WriteAsync(string values)
    {
        var file = Path.Combine(_scratch.FullName, $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, values);
        return file;
    }
}
