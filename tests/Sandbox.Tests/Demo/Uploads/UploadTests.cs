using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using Sandbox.Demo;
using Sandbox.Demo.Uploads;
using Sandbox.Tests.Aws;

namespace Sandbox.Tests.Demo.Uploads;

public sealed class UploadTests
{
    [Theory]
    [InlineData("AccessDenied", "User: x is not authorized to perform: s3:GetObject on resource: \"y\" because no session policy allows the s3:GetObject action", "AccessDenied (no session policy allows it)", false)]
    [InlineData("AccessDenied", "User: x is not authorized to perform: s3:GetObject on resource: \"y\" with an explicit deny in a session policy", "AccessDenied (an explicit Deny in the session policy)", true)]
    [InlineData("ExpiredToken", "The provided token has expired.", "ExpiredToken", false)]
    public async Task An_outcome_is_told_in_a_few_words(string code, string message, string told, bool bySession)
    {
        var outcome = await S3Outcome.OfAsync(() => throw new AmazonServiceException(message) { ErrorCode = code });
        outcome.ToString().ShouldBe(told);
        outcome.IsAllowed.ShouldBeFalse();
        outcome.IsDeniedBySession.ShouldBe(bySession);
        (await S3Outcome.OfAsync(() => Task.CompletedTask)).ToString().ShouldBe("allowed");
    }

    [Fact]
    public async Task The_uploader_takes_up_new_credentials_from_the_mounted_file()
    {
        await using var aws = await AwsFixture.StartAsync(options => options with { Buckets = [DemoSession.Bucket] });
        var directory = Directory.CreateTempSubdirectory("mounted-");
        try
        {
            var credentials = new MountedCredentials(directory.FullName);
            using var s3 = S3Clients.Create(credentials, aws.Server.S3.ToString(), DemoSession.Region);
            var uploader = new ContinuousUploader(s3, credentials, aws.Time);
            using var stop = new CancellationTokenSource();

            await MountAsync(directory, await aws.AssumeAsync());
            var running = uploader.RunAsync(stop.Token);
            await AttemptAsync(aws, uploader, running, 2);
            uploader.CredentialsUsed.ShouldBe(1);
            await MountAsync(directory, await aws.AssumeAsync());
            await AttemptAsync(aws, uploader, running, 2);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => running);

            uploader.CredentialsUsed.ShouldBe(2);
            uploader.Failures.ShouldBeEmpty();
            aws.Server.Objects[DemoSession.Bucket].List().Count.ShouldBe(uploader.Uploaded);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_upload_that_fails_is_counted_as_such()
    {
        await using var aws = await AwsFixture.StartAsync(options => options with { Buckets = [DemoSession.Bucket], CredentialLifetime = TimeSpan.FromSeconds(5) });
        var directory = Directory.CreateTempSubdirectory("mounted-");
        try
        {
            var credentials = new MountedCredentials(directory.FullName);
            using var s3 = S3Clients.Create(credentials, aws.Server.S3.ToString(), DemoSession.Region);
            var uploader = new ContinuousUploader(s3, credentials, aws.Time);
            await MountAsync(directory, await aws.AssumeAsync());
            aws.Time.Advance(TimeSpan.FromSeconds(6));
            using var stop = new CancellationTokenSource();
            var running = uploader.RunAsync(stop.Token);
            await AttemptAsync(aws, uploader, running, 1);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => running);
            uploader.Failures[0].ShouldEndWith("ExpiredToken");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // One interval of the fake clock for each upload, however long it takes: signing times are real, and must stay near that clock.
    private static async Task AttemptAsync(AwsFixture aws, ContinuousUploader uploader, Task running, int times)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var done = uploader.Uploaded + uploader.Failures.Count;
        for (var i = 1; i <= times; i++)
        {
            aws.Time.Advance(TimeSpan.FromMilliseconds(100));
            while (uploader.Uploaded + uploader.Failures.Count < done + i)
            {
                running.IsCompleted.ShouldBeFalse();
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
            }
        }
    }

    // As the kubelet does: a reader sees the old file or the new one.
    private static async Task MountAsync(DirectoryInfo directory, Credentials key)
    {
        var path = Path.Combine(directory.FullName, "credentials.json");
        await File.WriteAllTextAsync(
            path + ".new",
            $$"""{"Version":1,"AccessKeyId":"{{key.AccessKeyId}}","SecretAccessKey":"{{key.SecretAccessKey}}","SessionToken":"{{key.SessionToken}}"}""",
            TestContext.Current.CancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }
}
