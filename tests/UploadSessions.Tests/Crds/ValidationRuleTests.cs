using System.Text.Json;
using System.Text.Json.Nodes;
using HostileCorpus;
using UploadSessions.Resources;
using UploadSessions.Tests.Grants;

namespace UploadSessions.Tests.Crds;

/// <summary>Each CEL rule refuses what it is there for, and nothing but that. The operator refuses it too, since API servers before Kubernetes 1.25 know no such rules.</summary>
public sealed class ValidationRuleTests
{
    public static TheoryData<string, string> BrokenSessions => new()
    {
        { """{"renewBefore":"1h"}""", "renewBefore must be less than duration (1h where absent)" },
        { """{"duration":"2h","renewBefore":"1h59m60s"}""", "renewBefore must be less than duration (1h where absent)" },
        { """{"serviceAccountName":"x","sessionTags":{"a":"b"}}""", "sessionTags cannot be combined with serviceAccountName, since AssumeRoleWithWebIdentity takes no tags" },
        { """{"kmsKeyArn":"arn:aws-cn:kms:cn-north-1:123456789012:key/x"}""", "kmsKeyArn must be in the partition of roleArn" },
        { """{"kmsKeyArn":"arn:aws:kms:eu-west-1:123456789012:key/x","roleArn":"arn:aws-us-gov:iam::123456789012:role/x"}""", "kmsKeyArn must be in the partition of roleArn" },
        { """{"bucket":"arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/inbox"}""", "the access point must be in the partition of roleArn" },
        { """{"bucket":"arn:aws:s3:eu-west-1:123456789012:accesspoint/inbox","roleArn":"arn:minio:iam:::role/x"}""", "the access point must be in the partition of roleArn" },
        { """{"bucket":"landing--use1-az4--x-s3"}""", "directory buckets (--x-s3) are not supported, since they know no policies for single keys" },
        { """{"bucket":"landing-s3alias"}""", "access point aliases (-s3alias) are not supported, name the access point by its ARN" },
        { """{"bucket":"landing--op-s3"}""", "buckets of S3 on Outposts (--op-s3) are not supported" },
        { """{"bucket":"landing--ol-s3"}""", "Object Lambda access points (--ol-s3) are not supported, since they take no uploads" },
        { $$"""{"prefix":"{{new string('ü', 513)}}"}""", "prefix must have at most 1024 bytes in UTF-8" },
        { """{"constraints":{"sourceIps":["192.0.2.0/24"],"vpcEndpoints":["vpce-1"]}}""", "sourceIps and vpcEndpoints exclude each other, since a request through a VPC endpoint has no public source address" },
        { """{"duration":"14m59s"}""", "duration must be from 15m to 12h" },
        { """{"duration":"12h1s"}""", "duration must be from 15m to 12h" },
        { """{"duration":"99999999999999999999h"}""", "duration must be from 15m to 12h" },
        { """{"renewBefore":"0h0m0s"}""", "renewBefore must be more than 0s" },
        { """{"lifetime":"0s"}""", "lifetime must be more than 0s and at most 876000h" },
        { """{"lifetime":"876000h1s"}""", "lifetime must be more than 0s and at most 876000h" },
        { """{"sessionTags":{"":"x"}}""", "keys of sessionTags must have 1 to 128 characters" },
        { $$$"""{"sessionTags":{"{{{new string('k', 129)}}}":"x"}}""", "keys of sessionTags must have 1 to 128 characters" },
    };

    public static TheoryData<string, string> BrokenGrants => new()
    {
        { """{"session":{"tags":{"project":"x"}},"allowedSessionTags":{"project":["x"]}}""", "a tag of session.tags cannot be in allowedSessionTags too, since a session could set it anew" },
        { """{"namespaces":{"names":["team-a"],"selector":{"matchLabels":{"team":"a"}}}}""", "names and selector exclude each other" },
        { """{"namespaces":{"selector":{}}}""", "a selector needs at least one requirement, to mean every namespace say that kubernetes.io/metadata.name Exists" },
        { """{"namespaces":{"selector":{"matchExpressions":[{"key":"a","operator":"In"}]}}}""", "In and NotIn need values, Exists and DoesNotExist have none" },
        { """{"namespaces":{"selector":{"matchExpressions":[{"key":"a","operator":"Exists","values":["b"]}]}}}""", "In and NotIn need values, Exists and DoesNotExist have none" },
        { """{"targets":[{"bucket":"landing","prefix":"exports","access":["Put"]}]}""", "prefix must end in a slash, or be empty for the whole bucket" },
        { $$"""{"targets":[{"bucket":"landing","prefix":"{{new string('ü', 512)}}/","access":["Put"]}]}""", "prefix must have at most 1024 bytes in UTF-8" },
        { """{"maxDuration":"10m"}""", "maxDuration must be from 15m to 12h" },
        { """{"maxLifetime":"0s"}""", "maxLifetime must be more than 0s and at most 876000h" },
        { """{"requireConstraints":{"sourceIps":["192.0.2.0/24"],"vpcEndpoints":["vpce-1"]}}""", "sourceIps and vpcEndpoints exclude each other, since a request through a VPC endpoint has no public source address" },
        { """{"allowedSessionTags":{"":["x"]}}""", "keys of allowedSessionTags must have 1 to 128 characters" },
        { """{"allowedSessionTags":{"kubernetes-namespace":["x"]}}""", "keys of allowedSessionTags cannot begin with aws:, uploadsession-, kubernetes- or eks-" },
        { """{"session":{"tokenAudience":"store"}}""", "tokenAudience is for the stsEndpoint of the same grant" },
        { """{"session":{"tags":{"":"x"}}}""", "keys of tags must have 1 to 128 characters" },
        { """{"session":{"tags":{"aws:x":"x"}}}""", "keys of tags cannot begin with aws: or uploadsession-" },
        { """{"session":{"stsEndpoint":"https://sts.example","tokenAudience":"sts.amazonaws.com"}}""", "tokenAudience must not be that of AWS, name an audience of the endpoint's own" },
    };

    [Theory]
    [MemberData(nameof(BrokenSessions))]
    public void A_session_that_breaks_a_rule_is_refused(string changes, string message)
    {
        var spec = JsonNode.Parse(changes)!.AsObject();
        spec.TryAdd("roleArn", Sessions.Role);
        spec.TryAdd("bucket", "landing");
        SchemaValidator.Problems("spec", Crd.Sessions.Spec, spec).ShouldHaveSingleItem().ShouldEndWith(": " + message);
        Sessions.Read(spec.Deserialize(ResourceJson.Default.UploadSessionSpec)!, Sessions.AwsWithServiceAccounts).Errors.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BrokenGrants))]
    public void A_grant_that_breaks_a_rule_is_refused(string changes, string message)
    {
        var spec = JsonSerializer.SerializeToNode(TestGrants.Minimal, ResourceJson.Default.UploadGrantSpec)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
            spec[name] = value?.DeepClone();
        SchemaValidator.Problems("spec", Crd.Grants.Spec, spec).ShouldHaveSingleItem().ShouldEndWith(": " + message);
        TestGrants.Read(spec.Deserialize(ResourceJson.Default.UploadGrantSpec)!).Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public void No_rule_is_without_an_example()
    {
        Messages("uploadsessions").ShouldBeSubsetOf(BrokenSessions.Select(one => one.Data.Item2));
        Messages("uploadgrants").ShouldBeSubsetOf(BrokenGrants.Select(one => one.Data.Item2));
    }

    [Fact]
    public void Whatever_hostile_session_the_operator_accepts_the_rules_accept()
    {
        var accepted = Corpus.Sessions.Where(one => one.Spec is { } spec && Sessions.Read(spec, Sessions.AwsWithServiceAccounts).Errors.Count == 0).ToList();
        accepted.Count.ShouldBeGreaterThan(200);
        foreach (var one in accepted)
            SchemaValidator.Problems("spec", Crd.Sessions.Spec, JsonSerializer.SerializeToNode(one.Spec!, ResourceJson.Default.UploadSessionSpec)).ShouldBeEmpty(one.Why);
    }

    private static IEnumerable<string> Messages(string plural) =>
        ValidationRules.All.Where(rule => rule.Path.StartsWith(plural, StringComparison.Ordinal)).Select(rule => rule.Message);
}
