using System.Globalization;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Holds one session to one grant, rule after rule in the order of <see cref="GrantRule"/>.</summary>
internal sealed class GrantCheck(GrantTerms grant, GrantQuery query)
{
    private const int MaxListed = 5;

    private SessionTerms Session => query.Terms;

    /// <summary>The first rule that fails; null: all hold.</summary>
    public GrantFailure? FirstFailure() =>
        Fails(GrantRule.Role, Role())
        ?? Target()
        ?? Fails(GrantRule.Duration, Duration())
        ?? Fails(GrantRule.Lifetime, Lifetime())
        ?? Fails(GrantRule.Constraints, ConstraintCheck.Problem(grant, query))
        ?? Fails(GrantRule.SessionTags, SessionTags())
        ?? Fails(GrantRule.Region, Region())
        ?? Fails(GrantRule.Store, Store());

    private string? Role() => grant.Roles.Any(role => role.Matches(Session.Role.Value))
        ? null
        : $"spec.roleArn {Show(Session.Role.Value)}: accepted are {List(grant.Roles.Select(role => role.Value))}";

    /// <summary>One target must allow everything; the one that holds out longest is told.</summary>
    private GrantFailure? Target()
    {
        GrantFailure? nearest = null;
        foreach (var target in grant.Targets)
        {
            var failure = Target(target);
            if (failure is null)
                return null;
            if (nearest is null || failure.Rule > nearest.Rule)
                nearest = failure;
        }

        return nearest;
    }

    private GrantFailure? Target(GrantTargetTerms target) =>
        Fails(GrantRule.Bucket, Bucket(target))
        ?? Fails(GrantRule.Prefix, Prefix(target))
        ?? Fails(GrantRule.Access, Access(target))
        ?? Fails(GrantRule.KmsKey, KmsKey(target));

    private string? Bucket(GrantTargetTerms target) => target.Bucket == Session.Bucket.Value
        ? null
        : $"spec.bucket {Show(Session.Bucket.Value)}: accepted are {List(grant.Targets.Select(other => other.Bucket).Distinct())}";

    private string? Prefix(GrantTargetTerms target)
    {
        if (Session.Prefix.StartsWith(target.PrefixFor(query.Namespace), StringComparison.Ordinal))
            return null;
        var accepted = grant.Targets.Where(other => other.Bucket == target.Bucket).Select(other => other.PrefixFor(query.Namespace)).Distinct();
        return $"spec.prefix {Show(Session.Prefix)} in this bucket: accepted are prefixes that begin with {List(accepted)}";
    }

    private string? Access(GrantTargetTerms target)
    {
        var missing = Session.Access & ~target.Access;
        return missing == Policy.Access.None
            ? null
            : $"spec.access [{missing}] under this prefix: accepted are [{target.Access}]";
    }

    private string? KmsKey(GrantTargetTerms target)
    {
        if (Session.KmsKey is not { } key || target.KmsKeyArns.Contains(key.Value, StringComparer.Ordinal))
            return null;
        return $"spec.kmsKeyArn {Show(key.Value)} in this bucket: accepted are " + (target.KmsKeyArns.Count == 0 ? "sessions without a key" : List(target.KmsKeyArns));
    }

    private string? Duration() => grant.MaxDuration is { } most && Session.Duration > most
        ? $"a duration of {Show(Session.Duration)}{(query.Session.Spec.Duration is null ? " (the default)" : "")}: set spec.duration to {Show(most)} or less"
        : null;

    private string? Lifetime()
    {
        if (grant.MaxLifetime is not { } most)
            return null;
        if (Session.End is not { } end)
            return $"a session without an end: set spec.lifetime to {Show(most)} or less, or spec.endsAt";
        // The end is cut to whole seconds, and so is what it is measured from.
        var lifetime = end - Rfc3339.WholeSeconds(query.Session.Metadata.CreationTimestamp);
        return lifetime > most
            ? $"a session that ends {Show(lifetime)} after its creation: set spec.lifetime to {Show(most)} or less, or spec.endsAt sooner"
            : null;
    }

    private string? SessionTags()
    {
        foreach (var (key, value) in Session.SessionTags)
        {
            if (!grant.AllowedSessionTags.TryGetValue(key, out var values))
                return $"spec.sessionTags {Show(key)}: accepted are " + (grant.AllowedSessionTags.Count == 0 ? "sessions without tags" : $"the tags {List(grant.AllowedSessionTags.Keys)}");
            if (!values.Contains(value, StringComparer.Ordinal))
                return $"spec.sessionTags.{key} {Show(value)}: accepted are {List(values)}";
        }

        var count = EffectiveTerms.TagsOf(grant.Additions, query).Count;
        return count > SessionTagsReader.MaxTags
            ? string.Create(CultureInfo.InvariantCulture, $"so many spec.sessionTags: with those that it adds there are {count}, and STS takes {SessionTagsReader.MaxTags}")
            : null;
    }

    private string? Region() => grant.Additions.Region is { } region && query.Session.Spec.Region is { } own && own != region
        ? $"spec.region {Show(own)}: remove it, or set it to {region}"
        : null;

    private string? Store() => (grant.Additions.S3Endpoint ?? grant.Additions.StsEndpoint) is not null && PrefixReader.Problem(Session.Prefix, customStore: true) is { } problem
        ? $"spec.prefix {Show(Session.Prefix)}, which {problem}"
        : null;

    private static GrantFailure? Fails(GrantRule rule, string? problem) => problem is null ? null : new(rule, problem);

    private static string Show(string value) => VisibleText.Quote(value);

    private static string Show(TimeSpan time) => DurationText.Format(time);

    private static string List(IEnumerable<string> values)
    {
        string[] all = [.. values];
        var listed = string.Join(", ", all.Take(MaxListed).Select(Show));
        return all.Length <= MaxListed ? listed : string.Create(CultureInfo.InvariantCulture, $"{listed} and {all.Length - MaxListed} more");
    }
}
