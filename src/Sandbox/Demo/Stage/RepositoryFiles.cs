namespace Sandbox.Demo.Stage;

/// <summary>Finds what the demonstration needs of the repository that it was built in.</summary>
internal static class RepositoryFiles
{
    private const string Operator = "upload-session-operator.dll";

    /// <summary>The operator's build of the same configuration as this one.</summary>
    /// <exception cref="StoryException">It is not there.</exception>
    public static string OperatorPath(string? wish)
    {
        var path = wish ?? Path.Combine(Root(), "src", "Operator", "bin", Configuration(AppContext.BaseDirectory), "net10.0", Operator);
        return File.Exists(path)
            ? Path.GetFullPath(path)
            : throw new StoryException($"the operator is not at {path}: build it (dotnet build src/Operator), or name it with --operator PATH");
    }

    /// <summary>The texts of the custom resource definitions.</summary>
    public static IReadOnlyList<string> CustomResourceDefinitions() =>
        [.. Directory.GetFiles(Path.Combine(Root(), "crds"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>Debug or Release, by the path of a build: …/bin/CONFIGURATION/FRAMEWORK/.</summary>
    public static string Configuration(string buildDirectory) =>
        new DirectoryInfo(buildDirectory.TrimEnd('/', '\\')).Parent is { Name: "Debug" or "Release" } parent ? parent.Name : "Release";

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Operator.sln")))
                return folder.FullName;
        }

        throw new StoryException($"{AppContext.BaseDirectory} is not inside the repository");
    }
}
