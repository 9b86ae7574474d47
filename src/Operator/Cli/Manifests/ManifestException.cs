namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>A file that cannot be read any further.</summary>
internal sealed class ManifestException(ManifestError error) : Exception(error.Message)
{
    /// <summary>What is wrong and where.</summary>
    public ManifestError Error { get; } = error;
}
