using Sandbox.Aws.Faults;
using Sandbox.Aws.Identity;
using Sandbox.Aws.S3;
using Sandbox.Aws.Sts;

namespace Sandbox.Aws;

/// <summary>STS and S3 on loopback, in memory, that verify signatures and enforce policies. For demonstrations and tests, never for production.</summary>
public sealed class AwsServer : IAsyncDisposable
{
    private readonly AwsAccount _account;
    private readonly StsRecorder _recorder;
    private readonly LoopbackListener _sts;
    private readonly LoopbackListener _s3;

    private AwsServer(AwsAccount account, AccessKey caller, FaultInjector faults, S3Store objects, StsRecorder recorder, LoopbackListener sts, LoopbackListener s3)
    {
        (AccessKeyId, SecretAccessKey, CallerArn) = (caller.AccessKeyId, caller.SecretAccessKey, caller.Owner.Arn);
        (_account, Faults, Objects, _recorder, _sts, _s3) = (account, faults, objects, recorder, sts, s3);
    }

    /// <summary>Where STS answers.</summary>
    public Uri Sts => _sts.Address;

    /// <summary>Where S3 answers, path style.</summary>
    public Uri S3 => _s3.Address;

    /// <summary>The long-lived caller's key, new at each start.</summary>
    public string AccessKeyId { get; }

    /// <summary>The secret of that key.</summary>
    public string SecretAccessKey { get; }

    /// <summary>Whom that key belongs to.</summary>
    public string CallerArn { get; }

    /// <summary>See <see cref="AwsServerOptions.CredentialLifetime"/>; holds for credentials issued from now on.</summary>
    public TimeSpan? CredentialLifetime
    {
        get => _account.CredentialLifetime;
        set => _account.CredentialLifetime = value;
    }

    /// <summary>Makes calls fail.</summary>
    public FaultInjector Faults { get; }

    /// <summary>What the buckets hold.</summary>
    public S3Store Objects { get; }

    /// <summary>Every STS call so far, oldest first.</summary>
    public IReadOnlyList<StsRequest> StsRequests => _recorder.Snapshot();

    /// <summary>Starts both services on free ports.</summary>
    /// <exception cref="UploadSessions.Policy.PolicyFormatException">A policy of the options is malformed.</exception>
    public static async Task<AwsServer> StartAsync(AwsServerOptions options, CancellationToken cancellationToken)
    {
        var time = options.TimeProvider;
        var account = new AwsAccount(options);
        var keys = new AccessKeyStore();
        var faults = new FaultInjector();
        var calls = new FaultyCall(faults, time);
        var recorder = new StsRecorder();
        var objects = new S3Store(options.Buckets);
        var sts = await LoopbackListener.StartAsync(new StsEndpoint(account, keys, new WebIdentities(options.OidcProviders, time), calls, recorder, time).HandleAsync, cancellationToken);
        var s3 = await LoopbackListener.StartAsync(new S3Endpoint(objects, keys, new Authorizer(time), calls, time).HandleAsync, cancellationToken);
        return new(account, keys.IssueLongLived(account.Caller), faults, objects, recorder, sts, s3);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _sts.DisposeAsync();
        await _s3.DisposeAsync();
    }

    /// <summary>Names the addresses, never the key.</summary>
    public override string ToString() => $"AwsServer {{ Sts = {Sts}, S3 = {S3} }}";
}
