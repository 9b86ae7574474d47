using System.Text.Json.Nodes;
using UploadSessions.Resources;

namespace Operator.Tests.Kubernetes;

internal static class Objects
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly UploadSession Session = new()
    {
        Metadata = new() { Name = "export", Namespace = "team-a", Uid = "5f1c", ResourceVersion = "41", Generation = 3 },
    };

    public static JsonNode Parse(ReadOnlyMemory<byte> body) => JsonNode.Parse(body.Span).ShouldNotBeNull();

    /// <summary>The names and text values below a node.</summary>
    public static Dictionary<string, string> Map(JsonNode? node) =>
        node.ShouldNotBeNull().AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
}
