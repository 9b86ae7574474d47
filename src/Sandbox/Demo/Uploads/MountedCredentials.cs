using System.Text.Json;
using Amazon.Runtime;

namespace Sandbox.Demo.Uploads;

/// <summary>Credentials read anew for every request from the mounted <c>credentials.json</c>: the answer of a credential_process (AWS SDKs and Tools Reference Guide, "Process credential provider").</summary>
internal sealed class MountedCredentials(string directory) : AWSCredentials
{
    /// <inheritdoc/>
    public override ImmutableCredentials GetCredentials()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "credentials.json")));
        var answer = document.RootElement;
        return new(Text("AccessKeyId"), Text("SecretAccessKey"), Text("SessionToken"));

        string Text(string name) => answer.GetProperty(name).GetString()!;
    }
}
