namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>Something wrong at a place of a file.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Field">Such as <c>spec.prefix</c>; empty where the file as a whole is meant.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
internal sealed record ManifestError(int Line, string Field, string Message)
{
    /// <summary>As compilers print it. Keys and words of the file may be in it, and it ends in terminals.</summary>
    public string In(string file) => $"{file}:{Line}: {VisibleText.Of(Field.Length == 0 ? Message : $"{Field}: {Message}")}";
}
