namespace Sandbox.Demo.Stage;

/// <summary>A fresh directory that only its owner may enter, removed at the end.</summary>
public sealed class ScratchDirectory(bool keep) : IDisposable
{
    /// <summary>Its path. <see cref="System.IO.Directory.CreateTempSubdirectory"/> makes it with mode 0700.</summary>
    public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("upload-session-sandbox-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a directory in it.</summary>
    public string Directory(string name) => System.IO.Directory.CreateDirectory(File(name)).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!keep)
            System.IO.Directory.Delete(Path, recursive: true);
    }
}
