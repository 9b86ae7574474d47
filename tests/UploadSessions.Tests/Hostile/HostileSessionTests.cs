using HostileCorpus;
using UploadSessions.Grants;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Hostile;

/// <summary>Every hostile session is refused by name, or does no more than it says: what it says is then literal.</summary>
public sealed class HostileSessionTests
{
    private const string Namespace = "team-a";

    private static readonly Dictionary<string, SessionCase> Cases = Corpus.Sessions.ToDictionary(one => one.Name);

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused_by_name_or_does_no_more_than_it_says(string name)
    {
        var one = Cases[name];
        if (one.Spec is not { } spec)
            one.Expect.ShouldBe("schema");
        else if (one.IsGenerated)
            Judge(spec, one.Expect.Split(' '));
        else
            Outcome(spec, Judge(spec, [one.Expect])).ShouldBe(one.Expect, one.Why);
    }

    [Fact]
    public void Wherever_in_a_field_the_value_stands() =>
        Crossing.AllPlacements.ToList().ForEach(one => Should.NotThrow(() => Judge(one.Spec!, [one.Expect]), one.Why));

    [Fact]
    public void There_are_many_and_both_outcomes_are_common()
    {
        Corpus.Sessions.Count.ShouldBeGreaterThan(1000);
        var read = Corpus.Sessions.Where(one => one.Spec is not null).Select(one => Sessions.Read(one.Spec!).Errors.Count == 0).ToList();
        read.Count(valid => valid).ShouldBeGreaterThan(200);
        read.Count(valid => !valid).ShouldBeGreaterThan(500);
        Corpus.Sessions.ShouldAllBe(one => one.Name.Length <= 63 && one.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }

    /// <summary>Judges a spec by itself, by its grant, and as one of an S3-compatible store.</summary>
    /// <returns>How it stands with its grant; null where it is invalid.</returns>
    private static GrantSituation? Judge(UploadSessionSpec spec, string[] fields)
    {
        JudgeStore(spec);
        var session = Sessions.With(spec);
        var result = SpecReader.Read(session, Sessions.Aws);
        ShouldBeVisible(string.Join("; ", result.Errors));
        if (result.Terms is not { } terms)
        {
            result.Errors.ShouldNotBeEmpty();
            result.Errors.ShouldAllBe(error => fields.Any(field => error.Field.StartsWith(field, StringComparison.Ordinal)) || IsOfTheSame(error.Field, fields));
            return null;
        }

        JudgePolicy(PolicyRenderer.Render(terms), Bounds.Of(spec));
        var situation = GrantMatcher.Match(GrantSet.Of([new() { Metadata = new() { Name = "grant" }, Spec = Ground.Grant(Namespace) }]), new() { Session = session, Terms = terms, Cluster = "prod" });
        if (situation is GrantSituation.Granted granted)
            JudgeGranted(granted.Terms, spec);
        else
            ShouldBeVisible(situation.ShouldBeOfType<GrantSituation.Refused>().Message);
        return situation;
    }

    private static void JudgePolicy(SessionPolicy policy, Bounds bounds)
    {
        PolicyShape.Problem(policy.Json, bounds).ShouldBeNull(policy.Json);
        PolicyJudge.Widenings(policy.Json, bounds).ShouldBeEmpty(policy.Json);
        (bounds.Ends || PolicyJudge.AllowsAnything(policy.Json, bounds)).ShouldBeTrue("the judge knows what would be allowed");
        policy.IsTooLarge.ShouldBe(PolicyShape.IsTooLarge(policy.Json));
    }

    private static void JudgeGranted(SessionTerms terms, UploadSessionSpec spec)
    {
        terms.Role.Value.ShouldBe(Ground.Role);
        terms.Duration.ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
        terms.ExternalId.ShouldBe(Ground.ExternalId);
        (terms.StsEndpoint, terms.S3Endpoint, terms.SourceIdentity).ShouldBe((null, null, null));
        terms.SessionTags.Where(tag => tag.Key != Ground.Tag.Key).ShouldBe(
            [Ground.GrantTag, new(KubernetesTags.Cluster, "prod"), new(KubernetesTags.Name, "nightly-export"), new(KubernetesTags.Namespace, Namespace), new(KubernetesTags.Uid, "5f1c")]);
        terms.SessionTags.Where(tag => tag.Key == Ground.Tag.Key).ShouldAllBe(tag => tag.Value == Ground.Tag.Value);
        PolicyJudge.Widenings(PolicyRenderer.Render(terms).Json, Ground.GrantBounds, spec.Prefix ?? "").ShouldBeEmpty();
    }

    /// <summary>Policies of other stores know no escapes: what would need one is refused.</summary>
    private static void JudgeStore(UploadSessionSpec spec)
    {
        if (SpecReader.Read(Sessions.With(spec), Sessions.Custom).Terms is not { } terms)
            return;
        var policy = PolicyRenderer.Render(terms).Json;
        policy.ShouldNotContain("$");
        terms.Prefix.ShouldNotContain(":");
        PolicyJudge.Widenings(policy, Bounds.Of(spec)).ShouldBeEmpty(policy);
    }

    private static string Outcome(UploadSessionSpec spec, GrantSituation? situation) => situation switch
    {
        null => FieldOf(Sessions.Read(spec).Errors[0].Field),
        GrantSituation.Refused refused => $"grant:{refused.Rule}",
        GrantSituation.Granted granted when PolicyRenderer.Render(granted.Terms).IsTooLarge => "PolicyTooLarge",
        GrantSituation.Granted granted when granted.Terms.End <= Sessions.Created => "Ended",
        _ when spec.Suspend == true => "Suspended",
        _ when spec.SecretName?.StartsWith("foreign-", StringComparison.Ordinal) == true => "SecretConflict",
        _ => "Issued",
    };

    /// <summary>The field without an entry's number or key.</summary>
    private static string FieldOf(string field) => field.StartsWith("spec.sessionTags", StringComparison.Ordinal) ? "spec.sessionTags" : field.Split('[')[0];

    /// <summary>Two fields that exclude each other, or are compared: either may be named.</summary>
    private static bool IsOfTheSame(string field, string[] fields) => field switch
    {
        "spec.renewBefore" => fields.Contains("spec.duration"),
        "spec.kmsKeyArn" or "spec.bucket" => fields.Contains("spec.roleArn"),
        _ => false,
    };

    private static void ShouldBeVisible(string text) => Invisible.In(text).ShouldBeEmpty(text);
}
