using System.Globalization;

namespace Sandbox.Signing;

/// <summary>What a request says of its own signature, not yet believed.</summary>
public sealed record SignatureClaim
{
    /// <summary>The only algorithm accepted.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The key that is said to have signed.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>What the signing key was derived for.</summary>
    public required CredentialScope Scope { get; init; }

    /// <summary>Names of the signed headers, lower case, in the order given.</summary>
    public required IReadOnlyList<string> SignedHeaders { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Signature { get; init; }

    /// <summary>X-Amz-Date, as sent.</summary>
    public required string Timestamp { get; init; }

    /// <summary><see cref="Timestamp"/> as an instant.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>The session token, if any.</summary>
    public string? SessionToken { get; init; }

    /// <summary>How long a presigned request is good for; null for requests signed by header.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>Finds the claim of a request, in its Authorization header or in its query.</summary>
    /// <exception cref="SignatureException">There is none, or it cannot be understood.</exception>
    public static SignatureClaim Of(HttpRequest request, RequestTarget target)
    {
        var authorization = request.Headers.Authorization.ToString();
        var presigned = target.Parameter("X-Amz-Algorithm") is not null;
        return (authorization.Length > 0, presigned) switch
        {
            (false, false) => throw new SignatureException(SignatureFailure.MissingAuthentication, "Request is missing Authentication Token"),
            (true, true) => throw new SignatureException(SignatureFailure.MalformedHeader, "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified"),
            (true, false) => FromHeader(authorization, request.Headers),
            (false, true) => FromQuery(target),
        };
    }

    private static SignatureClaim FromHeader(string authorization, IHeaderDictionary headers)
    {
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            throw Malformed($"The authorization mechanism you have provided is not supported. Please use {Algorithm}.");

        var fields = authorization[(Algorithm.Length + 1)..]
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(field => field.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return Build(
            fields["Credential"].SingleOrDefault(), fields["SignedHeaders"].SingleOrDefault(), fields["Signature"].SingleOrDefault(),
            headers["X-Amz-Date"], Malformed) with
        {
            SessionToken = headers["X-Amz-Security-Token"] is { Count: > 0 } token ? token.ToString() : null,
        };

        static SignatureException Malformed(string message) => new(SignatureFailure.MalformedHeader, message);
    }

    private static SignatureClaim FromQuery(RequestTarget target)
    {
        if (target.Parameter("X-Amz-Algorithm") != Algorithm)
            throw Malformed($"X-Amz-Algorithm only supports \"{Algorithm}\"");
        if (!int.TryParse(target.Parameter("X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 604_800)
            throw Malformed("X-Amz-Expires must be a number of seconds from 1 to 604800 (a week)");

        return Build(
            target.Parameter("X-Amz-Credential"), target.Parameter("X-Amz-SignedHeaders"), target.Parameter("X-Amz-Signature"),
            target.Parameter("X-Amz-Date"), Malformed) with
        {
            SessionToken = target.Parameter("X-Amz-Security-Token"),
            Expires = TimeSpan.FromSeconds(seconds),
        };

        static SignatureException Malformed(string message) => new(SignatureFailure.MalformedQuery, message);
    }

    private static SignatureClaim Build(string? credential, string? signedHeaders, string? signature, string? timestamp, Func<string, SignatureException> malformed)
    {
        if (credential is null || CredentialScope.Parse(credential) is not var (accessKeyId, scope))
            throw malformed("The Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        if (string.IsNullOrEmpty(signedHeaders) || string.IsNullOrEmpty(signature))
            throw malformed("SignedHeaders and Signature are required.");
        if (!DateTimeOffset.TryParseExact(timestamp, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt))
            throw malformed("X-Amz-Date is required, in the ISO8601 format \"yyyyMMdd'T'HHmmss'Z'\".");
        if (!timestamp!.StartsWith(scope.Date, StringComparison.Ordinal) || scope.Date.Length != 8)
            throw malformed($"Invalid credential date \"{scope.Date}\". This date is not the same as X-Amz-Date: \"{timestamp[..8]}\".");

        return new()
        {
            AccessKeyId = accessKeyId,
            Scope = scope,
            SignedHeaders = signedHeaders.Split(';'),
            Signature = signature,
            Timestamp = timestamp,
            SignedAt = signedAt,
        };
    }
}
