using UploadSessions.Policy;

namespace HostileCorpus;

/// <summary>Finds what a policy allows beyond its bounds, by requests of all kinds made near them.</summary>
public static class PolicyJudge
{
    private const string ListBucket = "s3:ListBucket";

    private static readonly Dictionary<string, string[]> ObjectActions = new()
    {
        ["Put"] = ["s3:PutObject"],
        ["Upload"] = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        ["Download"] = ["s3:GetObject"],
        ["List"] = [],
        ["Delete"] = ["s3:DeleteObject"],
        ["Tag"] = ["s3:PutObjectTagging"],
        ["Acl"] = ["s3:PutObjectAcl"],
        ["Retain"] = ["s3:PutObjectRetention", "s3:PutObjectLegalHold"],
    };

    private static readonly string[] KeyActions = ["kms:GenerateDataKey", "kms:Decrypt"];

    private static readonly string[] OnObjects = [.. ObjectActions.Values.SelectMany(actions => actions).Distinct()];

    private static readonly string[] Actions =
    [
        .. OnObjects, ListBucket, .. KeyActions,
        "s3:*", "*", "s3:GetObjectVersion", "s3:DeleteObjectVersion", "s3:PutBucketPolicy", "s3:ListAllMyBuckets", "s3:BypassGovernanceRetention", "kms:Encrypt", "iam:PassRole", "sts:AssumeRole",
    ];

    /// <summary>A request as a policy within bounds wants it.</summary>
    private static Dictionary<string, string> Good(Bounds bounds) => new()
    {
        ["aws:SecureTransport"] = "true",
        ["aws:SourceIp"] = bounds.SourceIps is [var range, ..] ? range.Split('/')[0] : "203.0.113.9",
        ["aws:SourceVpce"] = bounds.VpcEndpoints is [var endpoint, ..] ? endpoint : "vpce-9",
        ["aws:CurrentTime"] = "1970-01-01T00:00:00Z",
        ["aws:username"] = "ann",
        ["aws:PrincipalTag/team"] = "b",
        ["kms:ViaService"] = $"s3.{RegionOf(bounds)}.amazonaws.com",
    };

    /// <summary>The requests that are allowed and must not be; empty: none.</summary>
    public static IReadOnlyList<string> Widenings(string policy, Bounds bounds) => Widenings(policy, bounds, bounds.Prefix);

    /// <summary>The requests that are allowed and must not be, among those near another prefix.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="bounds">What it may allow.</param>
    /// <param name="asked">The prefix that was asked for.</param>
    public static IReadOnlyList<string> Widenings(string policy, Bounds bounds, string asked)
    {
        var document = PolicyDocument.Parse(policy);
        return
        [
            .. from probe in Probes(bounds, asked)
               where PolicyEvaluator.Evaluate(document, probe.Request).Verdict == PolicyVerdict.Allowed
               where !probe.IsInContext || !IsWithin(probe.Request, bounds)
               select $"{probe.Request.Action} on {probe.Request.Resource}{(probe.IsInContext ? "" : " in a context that the constraints rule out")}",
        ];
    }

    /// <summary>Whether it allows anything of what was asked for.</summary>
    public static bool AllowsAnything(string policy, Bounds bounds)
    {
        var document = PolicyDocument.Parse(policy);
        return Anywhere(bounds, bounds.Prefix, Good(bounds)).Any(request => PolicyEvaluator.Evaluate(document, request).Verdict == PolicyVerdict.Allowed);
    }

    private static bool IsWithin(AccessRequest request, Bounds bounds)
    {
        if (request.Action == ListBucket)
            return bounds.Access.Contains("List") && request.Resource == bounds.BucketArn && request.Context["s3:prefix"].StartsWith(bounds.Prefix, StringComparison.Ordinal);
        if (KeyActions.Contains(request.Action))
            return request.Resource == bounds.KmsKeyArn;
        return bounds.Access.Any(access => ObjectActions[access].Contains(request.Action)) && request.Resource.StartsWith(bounds.ObjectArns + bounds.Prefix, StringComparison.Ordinal);
    }

    private static IEnumerable<(AccessRequest Request, bool IsInContext)> Probes(Bounds bounds, string asked)
    {
        var good = Good(bounds);
        foreach (var key in Near.Keys(bounds.Prefix, asked))
        {
            foreach (var action in OnObjects)
                yield return (new(action, bounds.ObjectArns + key, good), true);
            yield return (List(bounds.BucketArn, key, good), true);
        }

        foreach (var request in Anywhere(bounds, asked, good))
            yield return (request, true);
        foreach (var context in RuledOut(bounds, good))
        {
            foreach (var request in Anywhere(bounds, asked, context))
                yield return (request, false);
        }
    }

    /// <summary>Every action on the bucket, on others, on keys, and on everything.</summary>
    private static IEnumerable<AccessRequest> Anywhere(Bounds bounds, string asked, Dictionary<string, string> context)
    {
        var listing = new Dictionary<string, string>(context) { ["s3:prefix"] = asked + "x" };
        string[] resources =
        [
            bounds.BucketArn, $"{bounds.ObjectArns}{asked}x", "*",
            .. Near.Buckets(bounds.BucketArn).SelectMany(bucket => new[] { bucket, $"{bucket}/{asked}x" }),
            .. Near.Keys(bounds.KmsKeyArn),
        ];
        return Actions.SelectMany(action => resources.Select(resource => new AccessRequest(action, resource, action == ListBucket ? listing : context)));
    }

    private static AccessRequest List(string bucketArn, string key, Dictionary<string, string> context) =>
        new(ListBucket, bucketArn, new Dictionary<string, string>(context) { ["s3:prefix"] = key });

    /// <summary>Requests that a constraint or the end refuses. KMS calls come from S3, so they are refused for their service.</summary>
    private static IEnumerable<Dictionary<string, string>> RuledOut(Bounds bounds, Dictionary<string, string> good)
    {
        var foreign = new Dictionary<string, string>(good) { ["kms:ViaService"] = "ec2.eu-central-1.amazonaws.com" };
        if (bounds.SourceIps.Count > 0 && !bounds.SourceIps.Any(range => range.EndsWith("/0", StringComparison.Ordinal)))
            yield return new(foreign) { ["aws:SourceIp"] = "203.0.113.200" };
        if (bounds.VpcEndpoints.Count > 0)
            yield return new(foreign) { ["aws:SourceVpce"] = "vpce-8" };
        if (bounds.RequireTls)
            yield return new(foreign) { ["aws:SecureTransport"] = "false" };
        if (bounds.Ends)
            yield return new(foreign) { ["aws:CurrentTime"] = "9999-12-31T23:59:59Z" };
    }

    private static string RegionOf(Bounds bounds) => bounds.KmsKeyArn?.Split(':').ElementAtOrDefault(3) ?? "none";
}
