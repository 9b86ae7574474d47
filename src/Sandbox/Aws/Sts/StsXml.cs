using System.Globalization;
using System.Xml.Linq;
using Sandbox.Aws.Identity;

namespace Sandbox.Aws.Sts;

/// <summary>STS's answers in XML (AWS STS API Reference).</summary>
internal static class StsXml
{
    private static readonly XNamespace Ns = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static XElement AssumeRole(AccessKey key, int packedPercent, string requestId) =>
        Response("AssumeRole", requestId, Session(key, packedPercent));

    public static XElement AssumeRoleWithWebIdentity(AccessKey key, WebIdentity identity, int packedPercent, string requestId) =>
        Response("AssumeRoleWithWebIdentity", requestId,
        [
            .. Session(key, packedPercent),
            new XElement(Ns + "SubjectFromWebIdentityToken", identity.Subject),
            new XElement(Ns + "Audience", identity.Audience),
            new XElement(Ns + "Provider", identity.Issuer),
        ]);

    public static XElement GetCallerIdentity(Principal principal, string account, string requestId) => Response("GetCallerIdentity", requestId,
        new XElement(Ns + "Arn", principal.Arn),
        new XElement(Ns + "UserId", principal.UserId),
        new XElement(Ns + "Account", account));

    public static XElement Error(AwsException error, string requestId) =>
        new(Ns + "ErrorResponse",
            new XElement(Ns + "Error",
                new XElement(Ns + "Type", error.Status < 500 ? "Sender" : "Receiver"),
                new XElement(Ns + "Code", error.Code),
                new XElement(Ns + "Message", error.Message)),
            new XElement(Ns + "RequestId", requestId));

    private static XElement[] Session(AccessKey key, int packedPercent) =>
    [
        new(Ns + "AssumedRoleUser",
            new XElement(Ns + "AssumedRoleId", key.Owner.UserId),
            new XElement(Ns + "Arn", key.Owner.Arn)),
        new(Ns + "Credentials",
            new XElement(Ns + "AccessKeyId", key.AccessKeyId),
            new XElement(Ns + "SecretAccessKey", key.SecretAccessKey),
            new XElement(Ns + "SessionToken", key.SessionToken),
            new XElement(Ns + "Expiration", key.ExpiresAt!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
        new(Ns + "PackedPolicySize", packedPercent),
    ];

    private static XElement Response(string action, string requestId, params XElement[] result) =>
        new(Ns + $"{action}Response",
            new XElement(Ns + $"{action}Result", result.Cast<object>().ToArray()),
            new XElement(Ns + "ResponseMetadata", new XElement(Ns + "RequestId", requestId)));
}
