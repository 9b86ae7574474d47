using System.Text.Json;
using UploadSessions.Policy;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Policy;

/// <summary>One folder a case: <c>input.json</c> is a spec, <c>policy.json</c> the policy that STS gets.</summary>
public sealed class GoldenPolicyTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Golden");

    public static TheoryData<string> Cases => [.. new DirectoryInfo(Root).GetDirectories().Select(folder => folder.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_policy_is_the_golden_one_byte_for_byte(string name)
    {
        var spec = JsonSerializer.Deserialize(Text(name, "input.json"), ResourceJson.Default.UploadSessionSpec)!;
        var policy = PolicyRenderer.Render(Sessions.Terms(spec));
        policy.Json.ShouldBe(Text(name, "policy.json").TrimEnd('\n'));
        policy.Json.All(c => c is >= ' ' and <= '\u00FF').ShouldBeTrue();
    }

    private static string Text(string name, string file) => File.ReadAllText(Path.Combine(Root, name, file));
}
