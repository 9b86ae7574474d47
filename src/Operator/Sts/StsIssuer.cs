using System.Diagnostics;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using UploadSessions.Credentials;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Sts;

/// <summary>Calls AssumeRole with the operator's own identity. Errors are returned, not thrown; only cancellation throws.</summary>
public sealed class StsIssuer(StsClients clients, StsRateLimiter limiter, OperatorMetrics metrics, TimeProvider time)
{
    /// <summary>The shortest life STS gives.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(15);

    /// <summary>Waits for a turn of the shared token bucket, then asks STS once (twice where the caller's own credentials turn out to have expired).</summary>
    public async Task<StsOutcome> IssueAsync(IssuanceRequest request, CancellationToken cancellationToken)
    {
        var outcome = await CallAsync(request, cancellationToken);
        if (outcome.Error is { } error && StsErrorTable.MeansStaleCallerCredentials(error.Code))
        {
            clients.Forget();
            outcome = await CallAsync(request, cancellationToken);
        }

        return outcome;
    }

    private async Task<StsOutcome> CallAsync(IssuanceRequest request, CancellationToken cancellationToken)
    {
        await limiter.WaitAsync(cancellationToken);
        using var span = OperatorMetrics.Source.StartActivity("sts.AssumeRole", ActivityKind.Client);
        var started = time.GetTimestamp();
        var outcome = await AskAsync(request, cancellationToken);
        metrics.StsRequest(time.GetElapsedTime(started), outcome.Error?.Code);
        if (outcome.Error is { } error)
            span?.SetStatus(ActivityStatusCode.Error, error.Code);
        if (outcome.Error?.Kind is FailureKind.Throttled or FailureKind.Transient)
            limiter.OnStrained();
        else
            limiter.OnAnswered();
        return outcome;
    }

    private async Task<StsOutcome> AskAsync(IssuanceRequest request, CancellationToken cancellationToken)
    {
        var sentAt = Rfc3339.WholeSeconds(time.GetUtcNow());
        try
        {
            var response = await clients.For(request.Terms.Region, request.Terms.StsEndpoint).AssumeRoleAsync(Translate(request, sentAt), cancellationToken);
            return Read(response, sentAt);
        }
        catch (AmazonServiceException exception)
        {
            return new(null, exception.StatusCode == 0 && string.IsNullOrEmpty(exception.ErrorCode)
                ? Transport(exception)
                : StsErrorTable.Classify(exception.ErrorCode, (int)exception.StatusCode, exception.Message));
        }
        catch (AmazonClientException exception)
        {
            return new(null, IsMissingIdentity(exception) ? StsErrorTable.Classify("NoCredentials", 0, null) : Transport(exception));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(null, Transport(exception));
        }
    }

    private static AssumeRoleRequest Translate(IssuanceRequest request, DateTimeOffset now)
    {
        var terms = request.Terms;
        var translated = new AssumeRoleRequest
        {
            RoleArn = terms.Role.Value,
            RoleSessionName = request.RoleSessionName,
            Policy = request.Policy.Json,
            DurationSeconds = (int)LifeOf(terms, now).TotalSeconds,
            ExternalId = terms.ExternalId,
            SourceIdentity = terms.SourceIdentity,
        };
        if (terms.SessionTags.Count > 0)
            translated.Tags = [.. terms.SessionTags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
        return translated;
    }

    /// <summary>No longer than to the session's end, as far as STS allows.</summary>
    private static TimeSpan LifeOf(SessionTerms terms, DateTimeOffset now)
    {
        if (terms.End is not { } end || end - now >= terms.Duration)
            return terms.Duration;
        return end - now > ShortestLife ? end - now : ShortestLife;
    }

    private StsOutcome Read(AssumeRoleResponse response, DateTimeOffset sentAt)
    {
        if (response.Credentials is not { AccessKeyId.Length: > 0, SecretAccessKey.Length: > 0, SessionToken.Length: > 0, Expiration: { } expiration } credentials)
            return new(null, StsErrorTable.Classify("IncompleteAnswer", 500, "STS answered without credentials or without their expiration"));

        var expiresAt = Rfc3339.WholeSeconds(new DateTimeOffset(expiration.ToUniversalTime()));
        if (expiresAt <= time.GetUtcNow())
            return new(null, StsErrorTable.Unreachable("ClockSkew", "STS issued credentials that have expired by the operator's clock: set the node's clock"));

        return new(
            new IssuedCredentials
            {
                AccessKeyId = credentials.AccessKeyId,
                SecretAccessKey = credentials.SecretAccessKey,
                SessionToken = credentials.SessionToken,
                IssuedAt = sentAt,
                ExpiresAt = Earlier(expiresAt, sentAt + CredentialFacts.LongestLife),
                AssumedRoleArn = string.IsNullOrEmpty(response.AssumedRoleUser?.Arn) ? null : response.AssumedRoleUser.Arn,
#pragma warning disable CS0618 // Its successor is not returned by any server yet.
                PackedPolicyPercent = response.PackedPolicySize,
#pragma warning restore CS0618
            },
            null);
    }

    /// <summary>A clock that lags behind that of STS makes lives seem longer than they are.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static bool IsMissingIdentity(AmazonClientException exception) =>
        exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase);

    private static IssuanceError Transport(Exception exception)
    {
        var root = exception.GetBaseException();
        return root switch
        {
            SocketException socket => StsErrorTable.Unreachable("ConnectionFailed", $"STS cannot be reached: {socket.SocketErrorCode}"),
            OperationCanceledException or TimeoutException => StsErrorTable.Unreachable("Timeout", "STS did not answer in time"),
            _ => StsErrorTable.Unreachable("ConnectionFailed", $"the call to STS failed: {root.GetType().Name}"),
        };
    }
}
