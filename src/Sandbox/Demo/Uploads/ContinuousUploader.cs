using Amazon.S3;
using Amazon.S3.Model;

namespace Sandbox.Demo.Uploads;

/// <summary>A workload that uploads one object after the other and remembers what came of it.</summary>
internal sealed class ContinuousUploader(AmazonS3Client s3, MountedCredentials credentials, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly HashSet<string> _keysUsed = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];

    /// <summary>Objects uploaded.</summary>
    public int Uploaded { get; private set; }

    /// <summary>Sets of credentials that uploads were made with.</summary>
    public int CredentialsUsed => _keysUsed.Count;

    /// <summary>Uploads that failed, in words.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Uploads until cancelled. The counts are to be read afterwards.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var i = 1; await timer.WaitForNextTickAsync(cancellationToken); i++)
            await UploadAsync(i);
    }

    // An upload that was begun is finished: being told to stop is no failure.
    private async Task UploadAsync(int number)
    {
        var keyId = (await credentials.GetCredentialsAsync()).AccessKey;
        var request = new PutObjectRequest { BucketName = DemoSession.Bucket, Key = $"{DemoSession.Prefix}stream/{number:00000}.bin", ContentBody = $"part {number}" };
        var outcome = await S3Outcome.OfAsync(() => s3.PutObjectAsync(request, CancellationToken.None));
        if (outcome.IsAllowed)
        {
            Uploaded++;
            _keysUsed.Add(keyId);
        }
        else
            _failures.Add($"{request.Key} {outcome}");
    }
}
