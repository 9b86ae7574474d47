using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using UploadSessions.Operator.Kubernetes;

namespace Operator.Tests.Kubernetes;

public sealed partial class SessionEventTests
{
    [Fact]
    public void It_tells_who_did_what_to_which_session_and_when()
    {
        var body = Body("note");
        body["apiVersion"]!.GetValue<string>().ShouldBe("events.k8s.io/v1");
        body["eventTime"]!.GetValue<string>().ShouldBe("2026-11-01T12:00:00.123456Z");
        body["type"]!.GetValue<string>().ShouldBe("Warning");
        body["reason"]!.GetValue<string>().ShouldBe("Outdated");
        body["action"]!.GetValue<string>().ShouldBe("Issue");
        body["note"]!.GetValue<string>().ShouldBe("note");
        body["reportingController"]!.GetValue<string>().ShouldBe("uploadsession.io/operator");
        body["reportingInstance"]!.GetValue<string>().ShouldBe("host_1");
        body["metadata"]!["namespace"]!.GetValue<string>().ShouldBe("team-a");
        Objects.Map(body["regarding"]).ShouldBe(
            new Dictionary<string, string>
            {
                ["apiVersion"] = "uploadsession.io/v1alpha1",
                ["kind"] = "UploadSession",
                ["name"] = "export",
                ["namespace"] = "team-a",
                ["uid"] = "5f1c",
                ["resourceVersion"] = "41",
            },
            ignoreOrder: true);
        Body("note", isWarning: false)["type"]!.GetValue<string>().ShouldBe("Normal");
    }

    [Theory]
    [InlineData("é", 2)]
    [InlineData("日", 3)]
    [InlineData("😀", 4)]
    [InlineData("a", 1)]
    public void A_note_has_1024_bytes_at_most_and_whole_characters(string character, int bytes)
    {
        Note(string.Concat(Enumerable.Repeat(character, 1024 / bytes))).ShouldNotEndWith("…");
        for (var shift = 0; shift < bytes; shift++)
        {
            var note = Note(new string('a', shift) + string.Concat(Enumerable.Repeat(character, 1100 / bytes)));
            Encoding.UTF8.GetByteCount(note).ShouldBeInRange(1024 - 3, 1024);
            note.ShouldEndWith(character + "…");
            note.ShouldNotContain("\uFFFD");
        }
    }

    [Fact]
    public void Half_a_character_is_replaced_and_not_fatal() => Note("a\ud83d b").ShouldBe("a\uFFFD b");

    [Fact]
    public void An_instance_has_128_bytes_at_most() =>
        Encoding.UTF8.GetByteCount(Body("note", instance: new string('h', 200))["reportingInstance"]!.GetValue<string>()).ShouldBe(128);

    [Theory]
    [InlineData("export")]
    [InlineData("a.b-c")]
    [InlineData("LONG")]
    [InlineData("DOTTED")]
    public void Its_name_is_one_that_Kubernetes_accepts(string session)
    {
        session = session switch
        {
            "LONG" => new string('x', 253),
            "DOTTED" => new string('x', 229) + "." + new string('y', 20),
            _ => session,
        };
        var name = Body("note", session: session)["metadata"]!["name"]!.GetValue<string>();
        name.Length.ShouldBeLessThanOrEqualTo(253);
        Subdomain().IsMatch(name).ShouldBeTrue(name);
        name.ShouldNotBe(Body("note", session: session, now: Objects.Now.AddTicks(1))["metadata"]!["name"]!.GetValue<string>());
    }

    private static string Note(string note) => Body(note)["note"]!.GetValue<string>();

    private static JsonNode Body(string note, bool isWarning = true, string instance = "host_1", string session = "export", DateTimeOffset? now = null) => Objects.Parse(
        new SessionEvent("Outdated", "Issue", note, isWarning).Body(
            Objects.Session with { Metadata = Objects.Session.Metadata with { Name = session } },
            instance,
            now ?? Objects.Now.AddTicks(1_234_567)));

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();
}
