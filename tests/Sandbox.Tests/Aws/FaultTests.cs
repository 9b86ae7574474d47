using System.Net;
using Amazon.S3.Model;
using Amazon.SecurityToken.Model;
using Sandbox.Aws.Faults;
using Sandbox.Aws.Sts;

namespace Sandbox.Tests.Aws;

public sealed class FaultTests : IAsyncLifetime
{
    private AwsFixture _aws = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _aws = await AwsFixture.StartAsync();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task Error_answers_reach_the_client_until_the_interception_ends()
    {
        using (_aws.Server.Faults.Intercept(_ => Fault.Throttling))
            await _aws.AssumeAsync().ShouldFailWith("Throttling", HttpStatusCode.BadRequest);
        using (_aws.Server.Faults.Intercept(_ => Fault.InternalFailure))
            await _aws.AssumeAsync().ShouldFailWith("InternalFailure", HttpStatusCode.InternalServerError);
        using (_aws.Server.Faults.Intercept(_ => Fault.AccessDenied))
            await _aws.AssumeAsync().ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden);
        await _aws.AssumeAsync();
        _aws.Server.StsRequests.Select(request => request.Result).ShouldBe(["Throttling", "InternalFailure", "AccessDenied", StsRequest.Ok]);
    }

    [Fact]
    public async Task An_interceptor_sees_what_the_call_is()
    {
        AwsCall? seen = null;
        using var interception = _aws.Server.Faults.Intercept(call =>
        {
            seen = call;
            return null;
        });
        var key = await _aws.AssumeAsync(name: "team-b.nightly");
        seen.ShouldBe(new AwsCall("sts", "AssumeRole", AwsFixture.Role, "team-b.nightly"));
        await _aws.S3(key).PutObjectAsync(new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = "k", ContentBody = "x" }, Cancel);
        seen.ShouldBe(new AwsCall("s3", "PutObject"));
    }

    [Fact]
    public async Task A_dropped_call_is_not_carried_out()
    {
        using (_aws.Server.Faults.Intercept(_ => new Fault.Drop()))
            await Should.ThrowAsync<IOException>(() => _aws.AssumeAsync());
        _aws.Server.StsRequests.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            request => request.Result.ShouldBe(StsRequest.Dropped),
            request => request.IssuedAccessKeyId.ShouldBeNull());
    }

    [Fact]
    public async Task A_lost_answer_is_carried_out_all_the_same()
    {
        using (_aws.Server.Faults.Intercept(_ => new Fault.LoseAnswer()))
            await Should.ThrowAsync<IOException>(() => _aws.AssumeAsync());
        _aws.Server.StsRequests.ShouldHaveSingleItem().IssuedAccessKeyId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_delayed_call_is_answered_when_the_time_has_come()
    {
        var delayed = new TaskCompletionSource();
        using var interception = _aws.Server.Faults.Intercept(_ =>
        {
            delayed.SetResult();
            return new Fault.Delay(TimeSpan.FromMinutes(1));
        });
        Task<Credentials> call = _aws.AssumeAsync();
        await delayed.Task.WaitAsync(Cancel);
        call.IsCompleted.ShouldBeFalse();
        while (!call.IsCompleted)
        {
            _aws.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }

        (await call).AccessKeyId.ShouldNotBeNull();
    }
}
