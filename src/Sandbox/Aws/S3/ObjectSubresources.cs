using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;

namespace Sandbox.Aws.S3;

/// <summary>Tagging, acl, retention and legal hold of an object: kept as the documents they were put as. They forbid nothing here.</summary>
internal static class ObjectSubresources
{
    public const string Tagging = "tagging";
    public const string Acl = "acl";
    public const string Retention = "retention";
    public const string LegalHold = "legal-hold";

    /// <summary>Puts or gets the subresource that the query names.</summary>
    public static Task HandleAsync(S3Call call, S3Store store)
    {
        var name = new[] { Tagging, Acl, Retention, LegalHold }.First(call.Query.Has);
        return HttpMethods.IsPut(call.Http.Request.Method) ? PutAsync(call, store[call.Bucket], name) : GetAsync(call, store[call.Bucket], name);
    }

    /// <summary>The document that an x-amz-tagging header stands for.</summary>
    public static string TaggingDocument(string tags) => Document("Tagging", new XElement(S3Xml.Ns + "TagSet",
        QueryHelpers.ParseQuery(tags).Select(tag => new XElement(S3Xml.Ns + "Tag",
            new XElement(S3Xml.Ns + "Key", tag.Key), new XElement(S3Xml.Ns + "Value", tag.Value.ToString())))));

    /// <summary>The document that a canned acl stands for: the owner's grant, and the canned name in the owner's display name.</summary>
    public static string CannedAcl(string acl) => Document("AccessControlPolicy",
        new XElement(S3Xml.Ns + "Owner", new XElement(S3Xml.Ns + "ID", "sandbox"), new XElement(S3Xml.Ns + "DisplayName", acl)),
        new XElement(S3Xml.Ns + "AccessControlList"));

    /// <summary>A retention document.</summary>
    public static string RetentionDocument(string mode, string until) => Document("Retention",
        new XElement(S3Xml.Ns + "Mode", mode), new XElement(S3Xml.Ns + "RetainUntilDate", until));

    /// <summary>A legal hold document.</summary>
    public static string LegalHoldDocument(string status) => Document("LegalHold", new XElement(S3Xml.Ns + "Status", status));

    private static Task PutAsync(S3Call call, SandboxBucket bucket, string name)
    {
        var document = call.Header("x-amz-acl") is { } canned && name == Acl ? CannedAcl(canned) : Encoding.UTF8.GetString(call.Payload.Content.Span);
        S3Xml.Read(Encoding.UTF8.GetBytes(document));
        return bucket.SetSubresource(call.Key, name, document) ? Task.CompletedTask : throw S3Errors.NoSuchKey;
    }

    private static Task GetAsync(S3Call call, SandboxBucket bucket, string name)
    {
        var item = bucket.Find(call.Key) ?? throw S3Errors.NoSuchKey;
        var document = item.Subresources.GetValueOrDefault(name) ?? name switch
        {
            Tagging => TaggingDocument(""),
            Acl => CannedAcl("private"),
            _ => throw new AwsException(404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration"),
        };
        return S3Xml.WriteTextAsync(call.Http, document);
    }

    private static string Document(string root, params object[] content) =>
        new XElement(S3Xml.Ns + root, content).ToString(SaveOptions.DisableFormatting);
}
