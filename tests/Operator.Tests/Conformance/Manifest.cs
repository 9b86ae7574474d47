namespace Operator.Tests.Conformance;

/// <summary>JSON texts of objects. <c>metadata</c> and <c>rest</c> are more fields, each with a comma before it.</summary>
internal static class Manifest
{
    public const string SessionSpec = "{\"roleArn\":\"arn:aws:iam::123456789012:role/uploads\",\"bucket\":\"team-a-landing\"}";

    /// <summary>The data of <see cref="Secret"/>.</summary>
    public const string SecretData = "\"a\":\"YQ==\"";

    public static string Of(string apiVersion, string kind, string name, string metadata = "", string rest = "") =>
        $$$"""{"apiVersion":"{{{apiVersion}}}","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}"{{{metadata}}}}{{{rest}}}}""";

    public static string Secret(string name, string metadata = "", string data = SecretData, string rest = "") =>
        Of("v1", "Secret", name, metadata, $$""","data":{ {{data}} }{{rest}}""");

    public static string ConfigMap(string name, string data = "\"a\":\"1\"") => Of("v1", "ConfigMap", name, rest: $$""","data":{ {{data}} }""");

    public static string Session(string name, string metadata = "", string spec = SessionSpec, string rest = "") =>
        Of("uploadsession.io/v1alpha1", "UploadSession", name, metadata, $$""","spec":{{spec}}{{rest}}""");

    /// <summary>What is applied to a session's status.</summary>
    public static string SessionStatus(string name, string status, string metadata = "") =>
        Of("uploadsession.io/v1alpha1", "UploadSession", name, metadata, $$""","status":{{status}}""");

    public static string Lease(string name, string holder, string metadata = "") =>
        Of("coordination.k8s.io/v1", "Lease", name, metadata,
            $$""","spec":{"holderIdentity":"{{holder}}","leaseDurationSeconds":15,"acquireTime":"2026-11-23T23:36:42.123456Z","renewTime":"2026-11-23T23:36:42.123456Z","leaseTransitions":1}""");

    public static string Event(string name, string ns, string note = "credentials issued", string type = "Normal") =>
        Of("events.k8s.io/v1", "Event", name, rest: $$"""
            ,"eventTime":"2026-11-23T23:36:42.123456Z","action":"Issue","reason":"Issued","type":"{{type}}","note":"{{note}}",
            "reportingController":"uploadsession.io/operator","reportingInstance":"operator-1",
            "regarding":{"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","namespace":"{{ns}}","name":"export","uid":"7e5c9b52-0000-4000-8000-000000000000"}
            """);
}
