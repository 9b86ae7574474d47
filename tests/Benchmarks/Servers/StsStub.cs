using Microsoft.AspNetCore.Http;

namespace Benchmarks.Servers;

/// <summary>Answers AssumeRole in the form of the AWS STS API Reference. It checks nothing: it stands for an STS that costs no time.</summary>
public sealed class StsStub(TimeProvider time)
{
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    // As long as those of AWS, which are most of a Secret.
    private static readonly string Token = string.Concat(Enumerable.Repeat("IQoJb3JpZ2luX2VjEXAMPLEETOKEN+/=", 26));

    private readonly Lock _lock = new();
    private readonly Random _random = new(1);
    private long _calls;
    private long _issued;
    private long _throttled;
    private long _failed;
    private double _tokens;
    private long _refilled;

    /// <summary>How it answers from now on.</summary>
    public StsBehaviour Behaviour { get; set; } = new();

    /// <summary>What it has done.</summary>
    public StsCounts Counts
    {
        get
        {
            lock (_lock)
                return new(_calls, _issued, _throttled, _failed);
        }
    }

    /// <summary>Answers one call.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var behaviour = Behaviour;
        if (behaviour.Latency > TimeSpan.Zero)
            await Task.Delay(behaviour.Latency, time, request.HttpContext.RequestAborted);
        return Decide(behaviour) switch
        {
            { Throttled: true } => Error(StatusCodes.Status400BadRequest, "Throttling", "Rate exceeded"),
            { Failed: true } => Error(StatusCodes.Status500InternalServerError, "InternalFailure", "ordered by the benchmark"),
            var (_, _, number) => Issue(form["RoleArn"].ToString(), form["RoleSessionName"].ToString(), number, time.GetUtcNow() + behaviour.Life),
        };
    }

    private (bool Throttled, bool Failed, long Number) Decide(StsBehaviour behaviour)
    {
        lock (_lock)
        {
            _calls++;
            if (behaviour.PerSecond is { } limit && !TakeToken(limit))
                return (true, false, _throttled++);
            if (behaviour.ErrorRate > 0 && _random.NextDouble() < behaviour.ErrorRate)
                return (false, true, _failed++);
            return (false, false, _issued++);
        }
    }

    /// <summary>A token bucket that holds one second's worth.</summary>
    private bool TakeToken(double limit)
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(limit, _tokens + (time.GetElapsedTime(_refilled, now).TotalSeconds * limit));
        _refilled = now;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }

    private static IResult Issue(string role, string session, long number, DateTimeOffset expiration) => Xml(StatusCodes.Status200OK, $"""
        <AssumeRoleResponse xmlns="{Namespace}"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:{session}</AssumedRoleId><Arn>{role.Replace(":iam:", ":sts:", StringComparison.Ordinal).Replace(":role/", ":assumed-role/", StringComparison.Ordinal)}/{session}</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIA{number:D16}</AccessKeyId><SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey><SessionToken>{Token}</SessionToken><Expiration>{expiration.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration></Credentials><PackedPolicySize>12</PackedPolicySize></AssumeRoleResult><ResponseMetadata><RequestId>{number}</RequestId></ResponseMetadata></AssumeRoleResponse>
        """);

    private static IResult Error(int status, string code, string message) => Xml(status, $"""
        <ErrorResponse xmlns="{Namespace}"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>0</RequestId></ErrorResponse>
        """);

    private static IResult Xml(int status, string body) => Results.Text(body, "text/xml", statusCode: status);
}
