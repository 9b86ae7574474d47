using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sandbox.Aws;

namespace Sandbox.Tests.Aws.Sts;

/// <summary>AssumeRoleWithWebIdentity: the token is the proof, and nothing else of the caller's counts.</summary>
public sealed class WebIdentityTests : IAsyncLifetime
{
    private const string Issuer = "https://kubernetes.example.org";
    private const string Audience = "sts.amazonaws.com";
    private const string Subject = "system:serviceaccount:team-a:exporter";
    private const string Tenants = "arn:aws:iam::123456789012:role/tenants";
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "k1" };
    private Func<string> _keySet = null!;
    private AwsFixture _aws = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _keySet = () => $$"""{"keys":[{{Public(_key)}}]}""";
        _aws = await AwsFixture.StartAsync(options => options with
        {
            OidcProviders = [new OidcProvider { Issuer = Issuer, KeySet = _ => Task.FromResult(_keySet()) }],
            Roles = [.. options.Roles, new SandboxRole { Arn = Tenants, PermissionPolicy = AwsFixture.RolePolicy, WebIdentity = new(Issuer, Audience, Subject) }],
        });
    }

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task A_good_token_opens_a_session_for_up_to_twelve_hours()
    {
        var answer = await AssumeAsync(Token(), seconds: 43_200);
        answer.Credentials.AccessKeyId.ShouldStartWith("ASIA");
        answer.Credentials.Expiration!.Value.ToUniversalTime().ShouldBe(_aws.Time.GetUtcNow().UtcDateTime.AddHours(12), TimeSpan.FromSeconds(1));
        (answer.SubjectFromWebIdentityToken, answer.Audience, answer.Provider).ShouldBe((Subject, Audience, Issuer));
        answer.AssumedRoleUser.Arn.ShouldBe("arn:aws:sts::123456789012:assumed-role/tenants/team-a.export");
        _aws.Server.StsRequests.ShouldHaveSingleItem().ToString().ShouldNotContain(Token());
    }

    [Fact]
    public async Task The_token_is_checked_by_issuer_audience_time_signature_and_trust()
    {
        (await CodeAsync(Token(issuer: "https://other.example.org"))).ShouldBe("InvalidIdentityToken");
        (await CodeAsync(Token(audience: "other"))).ShouldBe("InvalidIdentityToken");
        (await CodeAsync(Token(lifetime: TimeSpan.FromMinutes(-1)))).ShouldBe("ExpiredTokenException");
        (await CodeAsync(Token(key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }))).ShouldBe("InvalidIdentityToken");
        (await CodeAsync("not.a.token")).ShouldBe("InvalidIdentityToken");
        (await CodeAsync(Token(subject: "system:serviceaccount:team-b:exporter"))).ShouldBe("AccessDenied");
        (await CodeAsync(Token(), role: AwsFixture.Role)).ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task Keys_that_cannot_be_had_are_the_providers_fault()
    {
        _keySet = () => throw new HttpRequestException("refused");
        (await CodeAsync(Token())).ShouldBe("IDPCommunicationError");
    }

    [Fact]
    public async Task The_trust_in_a_token_is_no_trust_in_the_caller_and_the_other_way_round()
    {
        using var signed = _aws.Sts();
        await Should.NotThrowAsync(() => signed.AssumeRoleAsync(new() { RoleArn = AwsFixture.Role, RoleSessionName = "team-a.export" }, Cancel));
        (await CodeAsync(Token(subject: "someone"))).ShouldBe("AccessDenied");
    }

    private async Task<string> CodeAsync(string token, string role = Tenants) =>
        (await Should.ThrowAsync<AmazonSecurityTokenServiceException>(() => AssumeAsync(token, role: role))).ErrorCode;

    private async Task<AssumeRoleWithWebIdentityResponse> AssumeAsync(string token, int seconds = 900, string role = Tenants) =>
        await _aws.Sts(new AnonymousAWSCredentials()).AssumeRoleWithWebIdentityAsync(
            new() { RoleArn = role, RoleSessionName = "team-a.export", DurationSeconds = seconds, WebIdentityToken = token }, Cancel);

    private string Token(string issuer = Issuer, string audience = Audience, string subject = Subject, TimeSpan? lifetime = null, SecurityKey? key = null)
    {
        var now = _aws.Time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = new Dictionary<string, object> { ["sub"] = subject },
            IssuedAt = now.AddHours(-1),
            NotBefore = now.AddHours(-1),
            Expires = now + (lifetime ?? TimeSpan.FromMinutes(10)),
            SigningCredentials = new(key ?? _key, SecurityAlgorithms.RsaSha256),
        });
    }

    private static string Public(RsaSecurityKey key)
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","use":"sig","kid":"{{key.KeyId}}","n":"{{Base64UrlEncoder.Encode(parameters.Modulus)}}","e":"{{Base64UrlEncoder.Encode(parameters.Exponent)}}"}""";
    }
}
