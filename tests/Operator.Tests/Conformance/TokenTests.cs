using System.Buffers.Text;
using System.Text.Json.Nodes;
using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>TokenRequest: the identity that a session may lend from a ServiceAccount.</summary>
public abstract class TokenTests(IApiServer server) : ConformanceTests(server)
{
    private string Token => Api.ServiceAccounts + "/robot/token";

    [Fact]
    public async Task A_token_is_for_its_audience_its_account_and_its_time()
    {
        var account = (await Api.PostAsync(Api.ServiceAccounts, Of("v1", "ServiceAccount", "robot"))).Expect(201);

        var answer = (await Api.PostAsync(Token, Request("""{"audiences":["sts.amazonaws.com"],"expirationSeconds":900}"""))).Expect(201);

        answer.Kind.ShouldBe("authentication.k8s.io/v1/TokenRequest");
        answer["spec"]!["audiences"].ShouldBeJson("""["sts.amazonaws.com"]""");
        var claims = Claims(answer);
        claims["aud"].ShouldBeJson("""["sts.amazonaws.com"]""");
        claims["sub"]!.ToString().ShouldBe($"system:serviceaccount:{Api.Namespace}:robot");
        claims["kubernetes.io"].ShouldBeJson($$$"""{"namespace":"{{{Api.Namespace}}}","serviceaccount":{"name":"robot","uid":"{{{account.Uid}}}"}}""");
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(900);
        DateTimeOffset.Parse(answer["status"]!["expirationTimestamp"]!.ToString()).ToUnixTimeSeconds().ShouldBe(claims["exp"]!.GetValue<long>());
        claims["iss"]!.ToString().ShouldStartWith("https://");
    }

    [Fact]
    public async Task Without_a_wish_a_token_is_for_this_server_and_lives_an_hour()
    {
        await Api.PostAsync(Api.ServiceAccounts, Of("v1", "ServiceAccount", "robot"));
        var claims = Claims((await Api.PostAsync(Token, Request("{}"))).Expect(201));
        claims["aud"].ShouldBeJson($"[\"{claims["iss"]}\"]");
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(3600);
    }

    [Fact]
    public async Task A_token_of_another_audience_opens_nothing_here()
    {
        await Api.PostAsync(Api.ServiceAccounts, Of("v1", "ServiceAccount", "robot"));
        var token = (await Api.PostAsync(Token, Request("""{"audiences":["sts.amazonaws.com"]}""")))["status"]!["token"]!.ToString();
        (await Api.SendAsync(HttpMethod.Get, Api.Secrets, token: token)).Expect(401, "Unauthorized");
    }

    [Theory]
    [InlineData("599")]
    [InlineData("4294967297")]
    public async Task A_life_too_short_or_too_long_is_refused(string seconds)
    {
        await Api.PostAsync(Api.ServiceAccounts, Of("v1", "ServiceAccount", "robot"));
        var refused = (await Api.PostAsync(Token, Request($$"""{"expirationSeconds":{{seconds}}}"""))).Expect(422, "Invalid");
        refused.Causes.ShouldBe(["FieldValueInvalid spec.expirationSeconds"]);
    }

    [Fact]
    public async Task An_account_that_is_not_there_has_no_tokens() =>
        (await Api.PostAsync(Token, Request("{}"))).Expect(404, "NotFound").Message.ShouldBe("serviceaccounts \"robot\" not found");

    private static string Request(string spec) => $$"""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{{spec}}}""";

    private static JsonNode Claims(Answer answer) => JsonNode.Parse(Base64Url.DecodeFromChars(answer["status"]!["token"]!.ToString().Split('.')[1]))!;
}

public sealed class EmbeddedTokenTests(EmbeddedServer server) : TokenTests(server);

public sealed class EnvtestTokenTests(EnvtestServer server) : TokenTests(server);
