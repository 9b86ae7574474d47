namespace TestServers.Running;

/// <summary>Finds files of the repository from wherever the tests were built.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The texts of the CustomResourceDefinitions.</summary>
    public static IReadOnlyList<string> Crds => [.. Directory.GetFiles(Path.Combine(Root, "crds"), "*.yaml").Select(File.ReadAllText)];

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("the tests must run from inside the repository"),
        _ when File.Exists(Path.Combine(folder.FullName, "Operator.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
