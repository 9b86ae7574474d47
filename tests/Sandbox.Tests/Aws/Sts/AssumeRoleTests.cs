using System.Net;
using Amazon.SecurityToken.Model;
using Sandbox.Aws;
using Sandbox.Aws.Sts;

namespace Sandbox.Tests.Aws.Sts;

public sealed class AssumeRoleTests : IAsyncLifetime
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::landing/*"}]}""";
    private const string GuardedRole = "arn:aws:iam::123456789012:role/guarded";
    private const string OperatorRole = "arn:aws:iam::123456789012:role/platform/operator";
    private const string ChainedRole = "arn:aws:iam::123456789012:role/chained";
    private const string StrangersRole = "arn:aws:iam::123456789012:role/strangers";
    private AwsFixture _aws = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _aws = await AwsFixture.StartAsync(options => options with
    {
        Roles =
        [
            .. options.Roles,
            new SandboxRole { Arn = StrangersRole, PermissionPolicy = AwsFixture.RolePolicy, TrustedCaller = "arn:aws:iam::123456789012:user/stranger" },
            new SandboxRole { Arn = OperatorRole, PermissionPolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""" },
            new SandboxRole { Arn = ChainedRole, PermissionPolicy = AwsFixture.RolePolicy, TrustedCaller = OperatorRole },
            new SandboxRole { Arn = GuardedRole, PermissionPolicy = AwsFixture.RolePolicy, ExternalId = "ext-1" },
        ],
    });

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task A_good_request_is_answered_with_session_credentials()
    {
        var answer = await Assume(request => request.Policy = Policy);
        answer.Credentials.AccessKeyId.ShouldStartWith("ASIA");
        answer.Credentials.Expiration!.Value.ToUniversalTime().ShouldBe(_aws.Time.GetUtcNow().UtcDateTime.AddSeconds(3600), TimeSpan.FromSeconds(1));
        answer.AssumedRoleUser.Arn.ShouldBe("arn:aws:sts::123456789012:assumed-role/uploads/team-a.export");
        answer.AssumedRoleUser.AssumedRoleId.ShouldEndWith(":team-a.export");
#pragma warning disable CS0618 // Deprecated by the SDK, but what STS and STS-compatible servers answer with.
        answer.PackedPolicySize.ShouldBe(Policy.Length * 100 / 2048);
#pragma warning restore CS0618
        answer.ResponseMetadata.RequestId.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_role_that_asks_for_an_external_id_is_assumed_with_that_one_alone()
    {
        (await Assume(request => (request.RoleArn, request.ExternalId) = (GuardedRole, "ext-1"))).Credentials.ShouldNotBeNull();
        await Assume(request => (request.RoleArn, request.ExternalId) = (GuardedRole, "ext-2")).ShouldFailWith("AccessDenied");
        await Assume(request => request.RoleArn = GuardedRole).ShouldFailWith("AccessDenied");
    }

    [Fact]
    public async Task Every_session_has_its_own_keys()
    {
        var (one, other) = (await _aws.AssumeAsync(), await _aws.AssumeAsync());
        other.AccessKeyId.ShouldNotBe(one.AccessKeyId);
        other.SecretAccessKey.ShouldNotBe(one.SecretAccessKey);
        other.SessionToken.ShouldNotBe(one.SessionToken);
    }

    [Fact]
    public async Task Credentials_may_live_shorter_than_asked_but_never_longer()
    {
        await using var aws = await AwsFixture.StartAsync(options => options with { CredentialLifetime = TimeSpan.FromSeconds(7) });
        var key = await aws.AssumeAsync();
        key.Expiration!.Value.ToUniversalTime().ShouldBe(aws.Time.GetUtcNow().UtcDateTime.AddSeconds(7), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("a", "greater than or equal to 2")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "less than or equal to 64")]
    [InlineData("team a", "regular expression")]
    [InlineData("tëam", "regular expression")]
    [InlineData("team/a", "regular expression")]
    public async Task A_bad_session_name_is_refused(string name, string message) =>
        (await Assume(request => request.RoleSessionName = name).ShouldFailWith("ValidationError", HttpStatusCode.BadRequest)).Message.ShouldContain(message);

    [Theory]
    [InlineData(899, "greater than or equal to 900")]
    [InlineData(43_201, "less than or equal to 43200")]
    [InlineData(7_201, "exceeds the MaxSessionDuration set for this role")]
    public async Task A_duration_out_of_range_is_refused_not_clamped(int seconds, string message) =>
        (await Assume(request => request.DurationSeconds = seconds).ShouldFailWith("ValidationError", HttpStatusCode.BadRequest)).Message.ShouldContain(message);

    [Theory]
    [InlineData(900)]
    [InlineData(7_200)]
    public async Task The_ends_of_the_range_of_durations_are_accepted(int seconds) =>
        (await Assume(request => request.DurationSeconds = seconds)).Credentials.ShouldNotBeNull();

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps","Action":"s3:*","Resource":"*"}]}""")]
    public async Task A_policy_that_is_none_is_malformed(string policy) =>
        await Assume(request => request.Policy = policy).ShouldFailWith("MalformedPolicyDocument", HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_policy_may_have_2048_characters_and_no_more()
    {
        await Assume(request => request.Policy = Policy.PadRight(2048));
        (await Assume(request => request.Policy = Policy.PadRight(2049)).ShouldFailWith("ValidationError", HttpStatusCode.BadRequest)).Message.ShouldContain("2048");
    }

    [Fact]
    public async Task A_policy_outside_the_character_set_is_refused() =>
        await Assume(request => request.Policy = Policy.Replace("landing", "läñd😀", StringComparison.Ordinal)).ShouldFailWith("ValidationError", HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/unknown")]
    [InlineData(StrangersRole)]
    public async Task A_role_that_is_not_there_and_one_that_trusts_another_read_the_same(string role)
    {
        var failure = await Assume(request => request.RoleArn = role).ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden);
        failure.Message.ShouldBe($"User: arn:aws:iam::123456789012:user/upload-session-operator is not authorized to perform: sts:AssumeRole on resource: {role}");
    }

    [Fact]
    public async Task A_caller_without_the_permission_is_refused()
    {
        await using var aws = await AwsFixture.StartAsync(options => options with { CallerPolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""" });
        await aws.AssumeAsync().ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_session_cannot_assume_its_own_role_again()
    {
        var key = await _aws.AssumeAsync(Policy);
        await _aws.Sts(key).AssumeRoleAsync(new AssumeRoleRequest { RoleArn = AwsFixture.Role, RoleSessionName = "again" }, Cancel).ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_role_that_trusts_another_is_assumed_by_sessions_of_that_one_alone_and_for_an_hour_at_most()
    {
        var caller = (await Assume(request => request.RoleArn = OperatorRole)).Credentials;
        var chained = new AssumeRoleRequest { RoleArn = ChainedRole, RoleSessionName = "chained", DurationSeconds = 3600 };
        (await _aws.Sts(caller).AssumeRoleAsync(chained, Cancel)).Credentials.ShouldNotBeNull();

        chained.DurationSeconds = 3601;
        (await _aws.Sts(caller).AssumeRoleAsync(chained, Cancel).ShouldFailWith("ValidationError", HttpStatusCode.BadRequest)).Message.ShouldContain("role chaining");
        await Assume(request => request.RoleArn = ChainedRole).ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Tags_are_taken_within_their_limits()
    {
        await Assume(request => request.Tags = Tags(Enumerable.Range(1, 50).Select(i => ($"key{i}", "v"))));
        _aws.Server.StsRequests[^1].Tags.Count.ShouldBe(50);
        await Assume(request => request.Tags = Tags(Enumerable.Range(1, 51).Select(i => ($"key{i}", "v")))).ShouldFailWith("ValidationError");
        await Assume(request => request.Tags = Tags([(new string('k', 129), "")])).ShouldFailWith("ValidationError");
        await Assume(request => request.Tags = Tags([("k", new string('v', 257))])).ShouldFailWith("ValidationError");
        await Assume(request => request.Tags = Tags([("k", "<>")])).ShouldFailWith("ValidationError");
        await Assume(request => request.Tags = Tags([("project", "a"), ("Project", "b")])).ShouldFailWith("InvalidParameterValue");
        await Assume(request => request.Tags = Tags([("aws:project", "a")])).ShouldFailWith("InvalidParameterValue");

        static List<Tag> Tags(IEnumerable<(string Key, string Value)> tags) => [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
    }

    [Fact]
    public async Task Policy_and_tags_together_may_be_too_large()
    {
        var tags = Enumerable.Range(1, 50).Select(i => new Tag { Key = $"key{i}", Value = new string('v', 256) }).ToList();
        await Assume(request => (request.Policy, request.Tags) = (Policy, tags)).ShouldFailWith("PackedPolicyTooLarge", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_action_that_is_not_kept_here_is_refused() =>
        await _aws.Sts().GetSessionTokenAsync(new GetSessionTokenRequest(), Cancel).ShouldFailWith("InvalidAction", HttpStatusCode.BadRequest);

    [Fact]
    public async Task GetCallerIdentity_tells_users_from_sessions()
    {
        (await _aws.Sts().GetCallerIdentityAsync(new(), Cancel)).Arn.ShouldBe("arn:aws:iam::123456789012:user/upload-session-operator");
        var session = await _aws.Sts(await _aws.AssumeAsync()).GetCallerIdentityAsync(new(), Cancel);
        session.Arn.ShouldBe("arn:aws:sts::123456789012:assumed-role/uploads/team-a.export");
        session.Account.ShouldBe("123456789012");
    }

    [Fact]
    public async Task What_was_asked_and_answered_is_recorded_without_secrets()
    {
        var key = (await Assume(request => request.Policy = Policy)).Credentials;
        await Assume(request => request.Policy = "{}").ShouldFailWith("MalformedPolicyDocument");
        var requests = _aws.Server.StsRequests;
        requests.Count.ShouldBe(2);
        requests[0].ShouldSatisfyAllConditions(
            request => request.Time.ShouldBe(_aws.Time.GetUtcNow()),
            request => request.Action.ShouldBe("AssumeRole"),
            request => request.RoleArn.ShouldBe(AwsFixture.Role),
            request => request.SessionName.ShouldBe("team-a.export"),
            request => request.Policy.ShouldBe(Policy),
            request => request.Duration.ShouldBe(TimeSpan.FromHours(1)),
            request => request.IssuedAccessKeyId.ShouldBe(key.AccessKeyId),
            request => request.Result.ShouldBe(StsRequest.Ok));
        requests[1].Result.ShouldBe("MalformedPolicyDocument");
        string.Concat(requests).ShouldNotContain(key.SecretAccessKey);
        string.Concat(requests).ShouldNotContain(key.SessionToken);
    }

    private async Task<AssumeRoleResponse> Assume(Action<AssumeRoleRequest> change)
    {
        var request = new AssumeRoleRequest { RoleArn = AwsFixture.Role, RoleSessionName = "team-a.export", DurationSeconds = 3600 };
        change(request);
        return await _aws.Sts().AssumeRoleAsync(request, Cancel);
    }
}
