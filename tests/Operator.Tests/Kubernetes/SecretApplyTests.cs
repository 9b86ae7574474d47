using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace Operator.Tests.Kubernetes;

public sealed class SecretApplyTests
{
    private static readonly CredentialFacts Facts = new("ASIAX", Objects.Now, Objects.Now.AddHours(1), "abc", null);

    [Fact]
    public void Where_none_was_observed_none_may_exist()
    {
        var metadata = Body(observed: null)["metadata"]!.AsObject();
        metadata["resourceVersion"]!.GetValue<string>().ShouldBe("1");
        metadata.ContainsKey("uid").ShouldBeFalse();
    }

    [Fact]
    public void Where_one_was_observed_it_must_be_that_one_unchanged()
    {
        var metadata = Body(new SecretMetadata { Metadata = new() { Name = "creds", Uid = "secret-uid", ResourceVersion = "77" } })["metadata"]!;
        metadata["resourceVersion"]!.GetValue<string>().ShouldBe("77");
        metadata["uid"]!.GetValue<string>().ShouldBe("secret-uid");
    }

    [Fact]
    public void It_names_itself_and_its_type()
    {
        var body = Body();
        (body["apiVersion"]!.GetValue<string>(), body["kind"]!.GetValue<string>(), body["type"]!.GetValue<string>()).ShouldBe(("v1", "Secret", "Opaque"));
        (body["metadata"]!["name"]!.GetValue<string>(), body["metadata"]!["namespace"]!.GetValue<string>()).ShouldBe(("creds", "team-a"));
    }

    [Fact]
    public void The_session_is_its_controller_and_does_not_block_deletion()
    {
        var owner = Body()["metadata"]!["ownerReferences"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        owner.Select(pair => pair.Key).ShouldBe(["apiVersion", "kind", "name", "uid", "controller"]);
        owner["apiVersion"]!.GetValue<string>().ShouldBe("uploadsession.io/v1alpha1");
        owner["kind"]!.GetValue<string>().ShouldBe("UploadSession");
        owner["name"]!.GetValue<string>().ShouldBe("export");
        owner["uid"]!.GetValue<string>().ShouldBe("5f1c");
        owner["controller"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Its_labels_and_annotations_are_ours() => (Objects.Map(Body()["metadata"]!["labels"]), Objects.Map(Body()["metadata"]!["annotations"])).ShouldSatisfyAllConditions(
        both => both.Item1.ShouldBe(new Dictionary<string, string> { ["uploadsession.io/managed"] = "true", ["app.kubernetes.io/managed-by"] = "upload-session-operator" }),
        both => both.Item2.ShouldBe(new Dictionary<string, string>
        {
            ["uploadsession.io/access-key-id"] = "ASIAX",
            ["uploadsession.io/issued-at"] = "2026-11-01T12:00:00Z",
            ["uploadsession.io/expires-at"] = "2026-11-01T13:00:00Z",
            ["uploadsession.io/input-hash"] = "abc",
        }, ignoreOrder: true));

    [Fact]
    public void A_renew_request_carried_out_is_remembered() =>
        Body(facts: Facts with { HandledRenewRequest = "now" })["metadata"]!["annotations"]!["uploadsession.io/handled-renew-request"]!.GetValue<string>().ShouldBe("now");

    [Fact]
    public void What_is_written_is_read_back_alike()
    {
        var annotations = Objects.Map(Body(facts: Facts with { HandledRenewRequest = "\"é" })["metadata"]!["annotations"]);
        CredentialFacts.Read(annotations, Objects.Now).ShouldBe(Facts with { HandledRenewRequest = "\"é" });
    }

    public static TheoryData<string> Texts => ["é+/\n", "", new string('日', 10_000)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Data_is_base64_of_UTF_8(string text) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(Body(text: text)["data"]!["UPLOAD_PREFIX"]!.GetValue<string>())).ShouldBe(text);

    /// <summary>The pool hands the array that was given back last to whoever asks next on that thread.</summary>
    [Fact]
    public void Nothing_of_the_data_stays_in_memory_that_others_get()
    {
        var secret = new string('s', 1000);
        SecretApply.Body(Objects.Session, "creds", null, Facts, new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = secret });

        var next = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(secret.Length));
        next.ShouldAllBe(b => b == 0);
        ArrayPool<byte>.Shared.Return(next);
    }

    private static JsonNode Body(SecretMetadata? observed = null, CredentialFacts? facts = null, string text = "in/") =>
        Objects.Parse(SecretApply.Body(Objects.Session, "creds", observed, facts ?? Facts, new Dictionary<string, string> { ["UPLOAD_PREFIX"] = text }));
}
