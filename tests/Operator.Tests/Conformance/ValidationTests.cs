using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>
/// What the schema of our definition refuses, and which field it names. The words and the machine-readable reasons of types,
/// lengths and counts changed between versions, so that only the fields are compared for those.
/// </summary>
public abstract class ValidationTests(IApiServer server) : ConformanceTests(server)
{
    [Theory]
    [InlineData("\"bucket\":7", "spec.bucket")]
    [InlineData("\"bucket\":\"abc\",\"suspend\":\"yes\"", "spec.suspend")]
    [InlineData("\"bucket\":\"abc\",\"access\":\"Put\"", "spec.access")]
    [InlineData("\"bucket\":\"abc\",\"sessionTags\":{\"a\":1}", "spec.sessionTags.a")]
    [InlineData("\"bucket\":\"abc\",\"constraints\":[]", "spec.constraints")]
    [InlineData("\"bucket\":\"abc\",\"endsAt\":\"tomorrow\"", "spec.endsAt")]
    [InlineData("\"bucket\":7,\"suspend\":\"yes\"", "spec.bucket,spec.suspend")]
    [InlineData("\"bucket\":\"abc\",\"access\":[\"Put\",\"Put\",\"Put\"]", "spec.access[1]")]
    public async Task A_value_of_the_wrong_type_is_refused(string fields, string named) => await RefusedAsync(fields, named);

    [Fact]
    public async Task Too_much_is_refused()
    {
        await RefusedAsync($"\"bucket\":\"abc\",\"prefix\":\"{new string('x', 1025)}\"", "spec.prefix");
        var many = string.Join(",", Enumerable.Range(0, 17).Select(at => $"\"10.0.0.{at}/32\""));
        await RefusedAsync($$""" "bucket":"abc","constraints":{"sourceIps":[{{many}}]} """, "spec.constraints.sourceIps");
    }

    [Theory]
    [InlineData("\"access\":[\"Everything\"]",
        "spec.access: Unsupported value: \"Everything\": supported values: \"Put\", \"Upload\", \"Download\", \"List\", \"Delete\", \"Tag\", \"Acl\", \"Retain\"")]
    [InlineData("\"duration\":\"soon\"", "spec.duration: Invalid value: \"soon\": spec.duration in body should match '^([0-9]+(h|m|s))+$'")]
    [InlineData("\"access\":[\"Put\",\"Put\"]", "spec.access[1]: Duplicate value: \"Put\"")]
    public async Task What_kubectl_shows_says_what_is_wrong(string field, string said)
    {
        var refused = await Api.PostAsync(Api.Sessions, Session("a", spec: Spec("\"bucket\":\"abc\"," + field)));
        refused.Expect(422, "Invalid").About.ShouldBe("UploadSession.uploadsession.io/a");
        ShouldSay(refused, said);
    }

    [Fact]
    public async Task A_required_field_is_missed()
    {
        var refused = (await Api.PostAsync(Api.Sessions, Session("a", spec: "{\"bucket\":\"abc\"}"))).Expect(422, "Invalid");
        refused.Causes.ShouldBe(["FieldValueRequired spec.roleArn"]);
        ShouldSay(refused, "spec.roleArn: Required value");
        (await Api.PostAsync(Api.Sessions, Of("uploadsession.io/v1alpha1", "UploadSession", "a"))).Expect(422).Causes.ShouldBe(["FieldValueRequired spec"]);
    }

    [Fact]
    public async Task An_update_and_a_patch_are_held_to_the_schema_too()
    {
        var created = await Api.PostAsync(Api.Sessions, Session("a"));
        (await Api.MergeAsync(Api.Sessions + "/a", """{"spec":{"bucket":7}}""")).Expect(422, "Invalid").CauseFields.ShouldBe(["spec.bucket"]);
        (await Api.MergeAsync(Api.Sessions + "/a", """{"spec":{"bucket":null}}""")).Expect(422, "Invalid").Causes.ShouldBe(["FieldValueRequired spec.bucket"]);
        (await Api.PutAsync(Api.Sessions + "/a", Session("a", $",\"resourceVersion\":\"{created.Version}\"", "{\"bucket\":\"abc\"}"))).Expect(422, "Invalid").Causes.ShouldBe(["FieldValueRequired spec.roleArn"]);
    }

    [Fact]
    public async Task What_the_schema_does_not_know_is_dropped()
    {
        var created = (await Api.PostAsync(Api.Sessions, Session("a", spec: Spec(""" "bucket":"abc","nope":1,"constraints":{"nope":1} """)))).Expect(201);
        created["spec"].ShouldBeJson(Spec(""" "bucket":"abc","constraints":{} """));
    }

    [Fact]
    public async Task A_null_counts_as_absent()
    {
        var created = (await Api.PostAsync(Api.Sessions, Session("a", spec: Spec(""" "bucket":"abc","prefix":null,"sessionTags":{"a":null} """)))).Expect(201);
        created["spec"].ShouldBeJson(Spec(""" "bucket":"abc","sessionTags":{} """));
        (await Api.PostAsync(Api.Sessions, Session("b", spec: Spec("\"bucket\":null")))).Expect(422).Causes.ShouldBe(["FieldValueRequired spec.bucket"]);
    }

    /// <summary>Newer servers name the item of a list where older ones name the list, and add that rules were not evaluated.</summary>
    private static void ShouldSay(Answer refused, string said)
    {
        refused.Message.ShouldStartWith("UploadSession.uploadsession.io \"a\" is invalid: ");
        refused.Message.Replace("[0]", "", StringComparison.Ordinal).ShouldContain(said);
    }

    private async Task RefusedAsync(string fields, string named) =>
        string.Join(",", (await Api.PostAsync(Api.Sessions, Session("a", spec: Spec(fields)))).Expect(422, "Invalid").CauseFields).ShouldBe(named);

    private static string Spec(string fields) => $$"""{"roleArn":"arn:aws:iam::123456789012:role/uploads",{{fields}} }""";
}

public sealed class EmbeddedValidationTests(EmbeddedServer server) : ValidationTests(server);

public sealed class EnvtestValidationTests(EnvtestServer server) : ValidationTests(server);
