using System.Globalization;
using System.Text;
using ControllerRuntime;
using UploadSessions.Credentials;
using UploadSessions.Grants;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Benchmarks.Micro;

/// <summary>Objects as an API server shows them after an issuance, of any number.</summary>
internal static class Samples
{
    public static readonly SpecDefaults Defaults = new("us-east-1", null, null);

    /// <summary>A moment within the life of the credentials.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 10, 0, TimeSpan.Zero);

    public static readonly IssuedCredentials Credentials = new()
    {
        AccessKeyId = "ASIA0000000000000001",
        SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        SessionToken = string.Concat(Enumerable.Repeat("IQoJb3JpZ2luX2VjEXAMPLEETOKEN+/=", 26)),
        IssuedAt = Now.AddMinutes(-10),
        ExpiresAt = Now.AddMinutes(50),
    };

    public static readonly CredentialFacts Facts = new(Credentials.AccessKeyId, Credentials.IssuedAt, Credentials.ExpiresAt, Hash(1), null);

    public static ObjectKey Key(int number) => new($"team-{number % 20:D2}", $"nightly-export-{number:D5}");

    public static string Session(int number, string status = "")
    {
        var key = Key(number);
        return $$$$"""
            {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","metadata":{"creationTimestamp":"2026-11-01T11:59:00Z","generation":1,"managedFields":[{"apiVersion":"uploadsession.io/v1alpha1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{".":{},"f:bucket":{},"f:prefix":{},"f:roleArn":{}}},"manager":"kubectl","operation":"Update","time":"2026-11-01T11:59:00Z"},{"apiVersion":"uploadsession.io/v1alpha1","fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:accessKeyId":{},"f:assumedRoleArn":{},"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},"f:lastTransitionTime":{},"f:message":{},"f:observedGeneration":{},"f:reason":{},"f:status":{},"f:type":{}}},"f:expiresAt":{},"f:issuedAt":{},"f:observedGeneration":{},"f:policy":{"f:packedPercent":{},"f:sha256":{}},"f:renewAt":{},"f:rotations":{},"f:secretName":{}}},"manager":"upload-session-operator","operation":"Apply","subresource":"status","time":"2026-11-01T12:00:00Z"}],"name":"{{{{key.Name}}}}","namespace":"{{{{key.Namespace}}}}","resourceVersion":"{{{{100000 + number}}}}","uid":"{{{{Uid(number)}}}}"},"spec":{"bucket":"landing","prefix":"exports/{{{{key.Namespace}}}}/{{{{key.Name}}}}/","roleArn":"arn:aws:iam::123456789012:role/uploads"}{{{{status}}}}}
            """;
    }

    public static string IssuedSession(int number)
    {
        var key = Key(number);
        return Session(number, $$$$""","status":{"accessKeyId":"ASIA{{{{number:D16}}}}","assumedRoleArn":"arn:aws:sts::123456789012:assumed-role/uploads/{{{{key.Namespace}}}}.{{{{key.Name}}}}","conditions":[{"lastTransitionTime":"2026-11-01T12:00:00Z","message":"the credentials in Secret {{{{key.Name}}}} are valid until 2026-11-01T13:00:00Z","observedGeneration":1,"reason":"Issued","status":"True","type":"Ready"}],"expiresAt":"2026-11-01T13:00:00Z","grant":"everybody","issuedAt":"2026-11-01T12:00:00Z","observedGeneration":1,"policy":{"packedPercent":12,"sha256":"{{{{Hash(number)}}}}"},"renewAt":"2026-11-01T12:38:20Z","rotations":0,"secretName":"{{{{key.Name}}}}"}""");
    }

    public static string Secret(int number)
    {
        var key = Key(number);
        return $$$$"""
            {"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"{{{{key.Name}}}}","namespace":"{{{{key.Namespace}}}}","uid":"{{{{Uid(number + 1_000_000)}}}}","resourceVersion":"{{{{200000 + number}}}}","creationTimestamp":"2026-11-01T12:00:00Z","labels":{"app.kubernetes.io/managed-by":"upload-session-operator","uploadsession.io/managed":"true"},"annotations":{"uploadsession.io/access-key-id":"ASIA{{{{number:D16}}}}","uploadsession.io/expires-at":"2026-11-01T13:00:00Z","uploadsession.io/input-hash":"{{{{Hash(number)}}}}","uploadsession.io/issued-at":"2026-11-01T12:00:00Z"},"ownerReferences":[{"apiVersion":"uploadsession.io/v1alpha1","controller":true,"kind":"UploadSession","name":"{{{{key.Name}}}}","uid":"{{{{Uid(number)}}}}"}],"managedFields":[{"manager":"upload-session-operator","operation":"Apply","apiVersion":"v1","time":"2026-11-01T12:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{"f:AWS_ACCESS_KEY_ID":{},"f:AWS_CREDENTIAL_EXPIRATION":{},"f:AWS_REGION":{},"f:AWS_SECRET_ACCESS_KEY":{},"f:AWS_SESSION_TOKEN":{},"f:UPLOAD_BUCKET":{},"f:UPLOAD_PREFIX":{},"f:config":{},"f:credentials":{},"f:credentials.json":{}},"f:metadata":{"f:annotations":{"f:uploadsession.io/access-key-id":{},"f:uploadsession.io/expires-at":{},"f:uploadsession.io/input-hash":{},"f:uploadsession.io/issued-at":{}},"f:labels":{"f:app.kubernetes.io/managed-by":{},"f:uploadsession.io/managed":{}},"f:ownerReferences":{"k:{\"uid\":\"{{{{Uid(number)}}}}\"}":{}}},"f:type":{}}}]}}
            """;
    }

    public static byte[] WatchLine(string type, string obj) => Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":{{obj}}}""");

    /// <summary>What a reconcile of an issued session observes; nothing is to be done for it.</summary>
    public static SessionObservation Observation(UploadSession session, SecretMetadata secret)
    {
        var spec = SpecReader.Read(session, Defaults);
        return new()
        {
            Session = session,
            Spec = spec,
            Grant = new GrantSituation.Granted("everybody", spec.Terms!),
            Secret = secret,
            OwnedSecrets = [secret],
            Memory = SessionMemory.Empty,
            Now = Now,
        };
    }

    private static string Uid(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x8}-8d6e-4f0a-9f5b-3d1c{number:x8}");

    private static string Hash(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x8}{string.Concat(Enumerable.Repeat("a7f3c1d9", 7))}");
}
