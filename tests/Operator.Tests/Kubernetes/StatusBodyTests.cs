using UploadSessions.Operator.Kubernetes;
using UploadSessions.Resources;

namespace Operator.Tests.Kubernetes;

public sealed class StatusBodyTests
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

    [Fact]
    public void A_replacement_holds_the_version_observed_too()
    {
        var patch = Objects.Parse(StatusBody.Replacement(Objects.Session, Status)).AsArray();
        patch.Select(step => (step!["op"]!.GetValue<string>(), step["path"]!.GetValue<string>())).ShouldBe([("replace", "/metadata/resourceVersion"), ("replace", "/status")]);
        patch[0]!["value"]!.GetValue<string>().ShouldBe("41");
        patch[1]!["value"]!["accessKeyId"]!.GetValue<string>().ShouldBe("ASIAX");
    }
}
