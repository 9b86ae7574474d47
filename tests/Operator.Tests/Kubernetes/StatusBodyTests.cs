using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Resources;

namespace Operator.Tests.Kubernetes;

public sealed partial class StatusBodyTests
{
    private static readonly UploadSessionStatus Status = new()
    {
        ObservedGeneration = 3,
        AccessKeyId = "ASIAX",
        ExpiresAt = Objects.Now,
        Conditions = [new() { Type = "Ready", Status = "True", Reason = "Issued", Message = "m", ObservedGeneration = 3, LastTransitionTime = Objects.Now }],
    };

    [Fact]
    public void An_apply_holds_the_version_observed_and_nothing_of_the_spec()
    {
        var body = Objects.Parse(StatusBody.Apply(Objects.Session, Status)).AsObject();
        body.Select(pair => pair.Key).ShouldBe(["apiVersion", "kind", "metadata", "status"]);
        Objects.Map(body["metadata"]).ShouldBe(new Dictionary<string, string> { ["name"] = "export", ["namespace"] = "team-a", ["resourceVersion"] = "41" }, ignoreOrder: true);
        body["status"]!["accessKeyId"]!.GetValue<string>().ShouldBe("ASIAX");
        body["status"]!["conditions"]![0]!["type"]!.GetValue<string>().ShouldBe("Ready");
    }

    [Fact]
    public void What_is_absent_is_not_applied_so_that_the_API_server_removes_it() =>
        Objects.Parse(StatusBody.Apply(Objects.Session, Status))["status"]!.AsObject().Select(pair => pair.Key).ShouldBe(["observedGeneration", "conditions", "accessKeyId", "expiresAt"], ignoreOrder: true);

    /// <summary>The API server reads an apply as YAML, in which the halves of a character are none.</summary>
    [Fact]
    public void Every_text_arrives_and_no_character_is_escaped_by_halves() => Gen.String.Select(Gen.Int[0x10000, 0x10ffff]).Sample((text, beyond) =>
    {
        var message = string.Concat(text.EnumerateRunes()) + char.ConvertFromUtf32(beyond);
        var body = StatusBody.Apply(Objects.Session, Status with { Conditions = [Status.Conditions[0] with { Message = message }] });
        Objects.Parse(body)["status"]!["conditions"]![0]!["message"]!.GetValue<string>().ShouldBe(message);
        Halves().IsMatch(Encoding.UTF8.GetString(body.Span)).ShouldBeFalse();
    });

    [Fact]
    public void A_replacement_holds_the_version_observed_too()
    {
        var patch = Objects.Parse(StatusBody.Replacement(Objects.Session, Status)).AsArray();
        patch.Select(step => (step!["op"]!.GetValue<string>(), step["path"]!.GetValue<string>())).ShouldBe([("replace", "/metadata/resourceVersion"), ("replace", "/status")]);
        patch[0]!["value"]!.GetValue<string>().ShouldBe("41");
        patch[1]!["value"]!["accessKeyId"]!.GetValue<string>().ShouldBe("ASIAX");
    }

    [GeneratedRegex(@"(?<!\\)(\\\\)*\\u[dD][89a-fA-F]")]
    private static partial Regex Halves();
}
