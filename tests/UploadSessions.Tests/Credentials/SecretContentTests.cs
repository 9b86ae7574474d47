using System.Text.Json;
using UploadSessions.Credentials;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Credentials;

public sealed class SecretContentTests
{
    private static readonly IssuedCredentials Credentials = new()
    {
        AccessKeyId = "ASIAEXAMPLE",
        SecretAccessKey = "wJalr/XUtn+FEMI",
        SessionToken = "IQoJb3+/==",
        IssuedAt = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(2026, 11, 1, 14, 0, 0, TimeSpan.FromHours(1)),
    };

    [Fact]
    public void The_Secret_of_a_session_on_AWS() =>
        Build(Sessions.Aws).ShouldBe(new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "ASIAEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "wJalr/XUtn+FEMI",
            ["AWS_SESSION_TOKEN"] = "IQoJb3+/==",
            ["AWS_CREDENTIAL_EXPIRATION"] = "2026-11-01T13:00:00Z",
            ["AWS_REGION"] = "eu-central-1",
            ["UPLOAD_BUCKET"] = "landing",
            ["UPLOAD_PREFIX"] = "exports/",
            ["credentials"] = "[default]\naws_access_key_id = ASIAEXAMPLE\naws_secret_access_key = wJalr/XUtn+FEMI\naws_session_token = IQoJb3+/==\n",
            ["credentials.json"] = "{\n  \"Version\": 1,\n  \"AccessKeyId\": \"ASIAEXAMPLE\",\n  \"SecretAccessKey\": \"wJalr/XUtn+FEMI\",\n  \"SessionToken\": \"IQoJb3+/==\",\n  \"Expiration\": \"2026-11-01T13:00:00Z\"\n}\n",
            ["config"] = "[default]\ncredential_process = cat /var/run/secrets/uploadsession.io/credentials.json\nregion = eu-central-1\n",
        }, ignoreOrder: true);

    [Fact]
    public void An_S3_compatible_store_adds_its_endpoint()
    {
        var content = Build(Sessions.Custom);
        content["AWS_ENDPOINT_URL_S3"].ShouldBe("http://store.example:9000");
        content["config"].ShouldBe("[default]\ncredential_process = cat /var/run/secrets/uploadsession.io/credentials.json\nregion = default\nservices = store\n\n[services store]\ns3 =\n  endpoint_url = http://store.example:9000\n");
    }

    [Fact]
    public void The_json_file_is_an_answer_of_a_credential_process()
    {
        using var json = JsonDocument.Parse(Build(Sessions.Aws)[SecretKeys.CredentialsJson]);
        json.RootElement.GetProperty("Version").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("SessionToken").GetString().ShouldBe(Credentials.SessionToken);
    }

    [Fact]
    public void Credentials_do_not_print_their_secret_parts()
    {
        var text = Credentials.ToString();
        text.ShouldContain("ASIAEXAMPLE");
        text.ShouldNotContain(Credentials.SecretAccessKey);
        text.ShouldNotContain(Credentials.SessionToken);
    }

    private static IReadOnlyDictionary<string, string> Build(SpecDefaults defaults) =>
        SecretContent.Build(Credentials, Sessions.Terms(Sessions.Minimal with { Prefix = "exports/" }, defaults));
}
