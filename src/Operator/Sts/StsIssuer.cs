using System.Diagnostics;
using System.Net.Sockets;
using System.Xml;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using UploadSessions.Credentials;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Rotation;

namespace UploadSessions.Operator.Sts;

/// <summary>Calls AssumeRole with the operator's own identity, or AssumeRoleWithWebIdentity with that of a ServiceAccount. Errors of STS are returned, not thrown.</summary>
public sealed class StsIssuer(StsClients clients, ServiceAccountTokens tokens, StsRateLimiter limiter, StsCircuits circuits, OperatorMetrics metrics, TimeProvider time)
{
    private const string IncompleteAnswer = "IncompleteAnswer";
    private const string ConnectionFailed = "ConnectionFailed";
    private const string TimedOut = "Timeout";
    private const string ClockSkew = "ClockSkew";

    /// <summary>Why STS would not be asked now; no error where it would.</summary>
    public StsOutcome Refusal(IssuanceRequest request) =>
        CanServe(request) ? circuits.Refusal(NameOf(request)) : new(null, UnknownRegion);

    /// <summary>Waits for a turn of the shared token bucket, then asks STS once, or twice where the proof of identity turns out to be old.</summary>
    /// <exception cref="ControllerRuntime.Connection.ApiException">The API server made no token for now.</exception>
    public async Task<StsOutcome> IssueAsync(IssuanceRequest request, CancellationToken cancellationToken)
    {
        if (!CanServe(request))
            return new(null, UnknownRegion);
        var outcome = await ProveAndCallAsync(request, cancellationToken);
        if (outcome.Error is not { } error || !StsErrorTable.MeansStaleProof(error.Code, request.Terms.ServiceAccount))
            return outcome;
        if (request.Terms.ServiceAccount is null)
            clients.Forget();
        return await ProveAndCallAsync(request, cancellationToken);
    }

    private static IssuanceError UnknownRegion => StsErrorTable.Classify(StsErrorTable.UnknownRegion, 0, message: null);

    private bool CanServe(IssuanceRequest request) => clients.CanServe(request.Terms.Region, request.Terms.StsEndpoint);

    private string NameOf(IssuanceRequest request) => clients.NameOf(request.Terms.Region, request.Terms.StsEndpoint);

    private async Task<StsOutcome> ProveAndCallAsync(IssuanceRequest request, CancellationToken cancellationToken)
    {
        using var passage = circuits.Enter(NameOf(request));
        if (passage.Refusal is { } silent)
            return new(null, silent, passage.Outage);
        if (request.Terms.ServiceAccount is not { } account)
            return await CallAsync(request, token: null, passage, cancellationToken);
        var (token, refused) = await tokens.RequestAsync(account, cancellationToken);
        return refused is null ? await CallAsync(request, token, passage, cancellationToken) : new(null, refused);
    }

    private async Task<StsOutcome> CallAsync(IssuanceRequest request, WebIdentityToken? token, StsCircuits.Passage passage, CancellationToken cancellationToken)
    {
        await limiter.WaitAsync(cancellationToken);
        using var span = OperatorMetrics.Source.StartActivity(token is null ? "sts.AssumeRole" : "sts.AssumeRoleWithWebIdentity", ActivityKind.Client);
        var started = time.GetTimestamp();
        var outcome = await AskAsync(request, token, cancellationToken);
        metrics.StsRequest(time.GetElapsedTime(started), outcome.Error?.Code);
        if (outcome.Error is { } error)
            span?.SetStatus(ActivityStatusCode.Error, error.Code);

        Learn(outcome.Error, passage);
        return outcome with { Outage = passage.Outage };
    }

    private void Learn(IssuanceError? error, StsCircuits.Passage passage)
    {
        if (error is { Code: ConnectionFailed or TimedOut })
            passage.Unanswered(error);
        else if (error?.Code != StsErrorTable.NoCredentials)
            passage.Answered();

        // Nobody was there, a probe waited in vain, the clock is wrong, or a cluster's keys cannot be had: that tells nothing of how much STS can take, and it may be one session's own matter.
        if (error is { Code: ConnectionFailed or ClockSkew or StsErrorTable.IssuerSilent } || (error is { Code: TimedOut } && passage.IsProbe))
            return;
        if (error?.Kind == FailureKind.Transient)
            limiter.OnStrained();
        else
            limiter.OnAnswered();
    }

    private async Task<StsOutcome> AskAsync(IssuanceRequest request, WebIdentityToken? token, CancellationToken cancellationToken)
    {
        var sentAt = Rfc3339.WholeSeconds(time.GetUtcNow());
        try
        {
            return token is null
                ? await AssumeRoleAsync(request, sentAt, cancellationToken)
                : await AssumeRoleWithWebIdentityAsync(request, token, sentAt, cancellationToken);
        }
        catch (AmazonServiceException exception)
        {
            return new(null, exception.StatusCode == 0 && string.IsNullOrEmpty(exception.ErrorCode)
                ? Transport(exception)
                : StsErrorTable.Classify(exception.ErrorCode, (int)exception.StatusCode, exception.Message, request.Terms.ServiceAccount));
        }
        catch (AmazonClientException exception)
        {
            return new(null, IsMissingIdentity(exception) ? StsErrorTable.Classify(StsErrorTable.NoCredentials, 0, null) : Transport(exception));
        }
        catch (Exception exception) when (exception is XmlException or FormatException)
        {
            return new(null, StsErrorTable.Unavailable(IncompleteAnswer, "the answer is not that of an STS: check what listens at its address"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(null, Transport(exception));
        }
    }

    private async Task<StsOutcome> AssumeRoleAsync(IssuanceRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var client = clients.For(request.Terms.Region, request.Terms.StsEndpoint);
        // The SDK's own search for the operator's credentials knows no limit that can be set, and no token; that of an instance's blocks the thread it is called on.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(clients.ConnectTimeout + clients.RequestTimeout);
        var answer = await Task.Run(() => client.AssumeRoleAsync(AssumeRoleRequests.OfOperator(request, sentAt), limit.Token), limit.Token).WaitAsync(limit.Token);
#pragma warning disable CS0618 // PackedPolicySize: its successor is not returned by any server yet.
        return Read(answer.Credentials, answer.AssumedRoleUser, answer.PackedPolicySize, sentAt);
#pragma warning restore CS0618
    }

    private async Task<StsOutcome> AssumeRoleWithWebIdentityAsync(IssuanceRequest request, WebIdentityToken token, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var client = clients.Anonymous(request.Terms.Region, request.Terms.StsEndpoint);
        var answer = await client.AssumeRoleWithWebIdentityAsync(AssumeRoleRequests.OfServiceAccount(request, token, sentAt), cancellationToken);
#pragma warning disable CS0618 // As above.
        return Read(answer.Credentials, answer.AssumedRoleUser, answer.PackedPolicySize, sentAt);
#pragma warning restore CS0618
    }

    private StsOutcome Read(Amazon.SecurityToken.Model.Credentials? given, AssumedRoleUser? user, int? packedPolicyPercent, DateTimeOffset sentAt)
    {
        if (given is not { AccessKeyId.Length: > 0, SecretAccessKey.Length: > 0, SessionToken.Length: > 0, Expiration: { } expiration })
            return new(null, StsErrorTable.Unavailable(IncompleteAnswer, "STS answered without credentials or without their expiration"));
        if (!CredentialFacts.IsAccessKeyId(given.AccessKeyId))
            return new(null, StsErrorTable.Unavailable(IncompleteAnswer, "STS answered with what is no id of an access key"));
        if (!IssuedCredentials.IsSecretText(given.SecretAccessKey) || !IssuedCredentials.IsSecretText(given.SessionToken))
            return new(null, StsErrorTable.Unavailable(IncompleteAnswer, "STS answered with credentials that hold other characters than visible ASCII ones"));

        var expiresAt = Rfc3339.WholeSeconds(new DateTimeOffset(expiration.ToUniversalTime()));
        if (expiresAt <= time.GetUtcNow())
            return new(null, StsErrorTable.Unavailable(ClockSkew, "STS issued credentials that have expired by the operator's clock: set the node's clock"));

        return new(
            new IssuedCredentials
            {
                AccessKeyId = given.AccessKeyId,
                SecretAccessKey = given.SecretAccessKey,
                SessionToken = given.SessionToken,
                IssuedAt = sentAt,
                ExpiresAt = expiresAt,
                AssumedRoleArn = string.IsNullOrEmpty(user?.Arn) ? null : user.Arn,
                PackedPolicyPercent = packedPolicyPercent,
            },
            null);
    }

    /// <summary>Whether the operator's own credentials could not be had: none are configured, or an STS refuses the role that it is to be.</summary>
    private static bool IsMissingIdentity(AmazonClientException exception) =>
        exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) || exception.InnerException is AmazonServiceException { ErrorCode.Length: > 0 };

    private static IssuanceError Transport(Exception exception) => exception switch
    {
        AmazonServiceException or AmazonClientException when exception.InnerException is { } cause => Transport(cause),
        // A call that took too long ends in a socket's error too, as its innermost: nobody was there only where no more than a connection was waited for.
        TimeoutException { InnerException: null } => StsErrorTable.Unavailable(ConnectionFailed, "STS cannot be reached: no connection came about in time"),
        TimeoutException or OperationCanceledException => StsErrorTable.Unavailable(TimedOut, "STS did not answer in time"),
        _ when exception.GetBaseException() is SocketException socket => StsErrorTable.Unavailable(ConnectionFailed, $"STS cannot be reached: {socket.SocketErrorCode}"),
        _ => StsErrorTable.Unavailable(ConnectionFailed, $"the call to STS failed: {exception.GetBaseException().GetType().Name}"),
    };
}
