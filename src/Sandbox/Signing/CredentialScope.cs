namespace Sandbox.Signing;

/// <summary>The middle part of <c>AKID/20130524/us-east-1/s3/aws4_request</c>: what a signing key is good for.</summary>
/// <param name="Date">yyyyMMdd.</param>
/// <param name="Region">A region's name.</param>
/// <param name="Service">A service's name.</param>
public sealed record CredentialScope(string Date, string Region, string Service)
{
    /// <summary>Ends every scope of Signature Version 4.</summary>
    public const string Terminator = "aws4_request";

    /// <inheritdoc/>
    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";

    /// <summary>Reads <c>AKID/DATE/REGION/SERVICE/aws4_request</c>; null if it is none.</summary>
    public static (string AccessKeyId, CredentialScope Scope)? Parse(string credential) =>
        credential.Split('/') is [{ Length: > 0 } key, var date, { Length: > 0 } region, { Length: > 0 } service, Terminator]
            ? (key, new(date, region, service))
            : null;
}
