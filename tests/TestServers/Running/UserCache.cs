namespace TestServers.Running;

/// <summary>Where programs are kept that the tests need and a script of the repository fetched or built.</summary>
public static class UserCache
{
    /// <summary>The folder of that name (XDG Base Directory Specification, <c>XDG_CACHE_HOME</c>); it may be absent.</summary>
    public static string Folder(string name) => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "upload-session-operator",
        name);
}
