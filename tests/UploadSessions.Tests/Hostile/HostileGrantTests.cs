using System.Text.Json;
using System.Text.Json.Nodes;
using HostileCorpus;
using UploadSessions.Grants;
using UploadSessions.Resources;
using UploadSessions.Tests.Grants;

namespace UploadSessions.Tests.Hostile;

/// <summary>No hostile grant allows what it is after: it is invalid and allows nothing, or it means what it says.</summary>
public sealed class HostileGrantTests
{
    private const string Namespace = "team-a";

    private static readonly Dictionary<string, GrantCase> Cases = Corpus.Grants.ToDictionary(one => one.Name);

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_does_not_allow_what_it_is_after(string name)
    {
        var one = Cases[name];
        if (Read(one.Json(Namespace)) is not { } spec)
        {
            one.Expect.ShouldBe("schema");
            return;
        }

        var result = TestGrants.Read(spec);
        if (one.Expect.StartsWith("spec.", StringComparison.Ordinal))
        {
            result.Terms.ShouldBeNull(one.Why);
            result.Errors.ShouldAllBe(error => error.Field.StartsWith(one.Expect, StringComparison.Ordinal));
        }

        var refused = Match(spec, one.Asks).ShouldBeOfType<GrantSituation.Refused>(one.Why);
        if (one.Expect.StartsWith("grant:", StringComparison.Ordinal))
            $"grant:{refused.Rule}".ShouldBe(one.Expect, refused.Message);
        else if (result.Namespaces is not null)
            refused.Rule.ShouldBe(GrantRule.Validity);
    }

    [Fact]
    public void Without_its_changes_it_would() => Match(Ground.Grant(Namespace), Ground.SpecJson()).ShouldBeOfType<GrantSituation.Granted>();

    [Theory]
    [InlineData("https://store.example")]
    [InlineData("http://store.example:9000/sts")]
    [InlineData("http://127.0.0.1:9000")]
    [InlineData("http://[::1]:9000")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://168.254.169.254")]
    [InlineData("http://[fd00:ec3::254]")]
    [InlineData("http://[2001:db8::a9fe:a9fe]")]
    [InlineData("https://169.254.169.254.example")]
    [InlineData("https://metadata.example")]
    [InlineData("https://my-store_1.internal/a~b%20c")]
    public void An_endpoint_of_a_store_is_accepted(string url)
    {
        var spec = Ground.Grant(Namespace);
        TestGrants.Read(spec with { Session = spec.Session! with { StsEndpoint = url, S3Endpoint = url } }).Errors.ShouldBeEmpty();
    }

    private static GrantSituation Match(UploadGrantSpec grant, JsonObject asks)
    {
        var session = Sessions.With(asks.Deserialize(ResourceJson.Default.UploadSessionSpec)!);
        return GrantMatcher.Match(TestGrants.Set(TestGrants.Named("grant", grant)), TestGrants.Query(session, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = Namespace }));
    }

    private static UploadGrantSpec? Read(JsonObject json)
    {
        try
        {
            return json.Deserialize(ResourceJson.Default.UploadGrantSpec);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
