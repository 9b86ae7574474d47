using UploadSessions.Resources;

namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>An UploadSession of a file.</summary>
/// <param name="Session">What the file says.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Lines">The line of each field, by its path.</param>
/// <param name="Errors">Names that no object has, unknown fields and wrong types.</param>
internal sealed record ManifestSession(UploadSession Session, int Line, IReadOnlyDictionary<string, int> Lines, IReadOnlyList<ManifestError> Errors)
{
    /// <summary><c>namespace/name</c>.</summary>
    public string Name => $"{Session.Metadata.Namespace}/{Session.Metadata.Name}";

    /// <summary>The line of a field, or of the nearest one around it that the file has.</summary>
    public int LineOf(string field)
    {
        for (var path = field; path.Length > 0; path = Parent(path))
        {
            if (Lines.TryGetValue(path, out var line))
                return line;
        }

        return Line;
    }

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
}
