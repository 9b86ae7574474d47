namespace UploadSessions.Grants;

/// <summary>Decides whether a session is allowed. One grant must allow the whole of it: what two grants allow in part is not allowed.</summary>
public static class GrantMatcher
{
    /// <summary>The first grant by name that allows the session, or the nearest one that does not. Only grants that are for the session's namespace are looked at, so that no other shows in the answer.</summary>
    /// <returns>
    /// <see cref="GrantSituation.Granted"/> or <see cref="GrantSituation.Refused"/>. A session with the identity of a ServiceAccount needs no grant, since the role's
    /// trust policy decides: it takes the store of the first grant that allows it and names an audience, or else is <see cref="GrantSituation.Disabled"/>.
    /// </returns>
    public static GrantSituation Match(GrantSet grants, GrantQuery query) =>
        query.Terms.ServiceAccount is null ? MatchOperator(grants, query) : MatchServiceAccount(grants, query);

    /// <summary>Whether a session could stand otherwise if the labels of its namespace, which are not known, were: a refusal could end, or a grant allow it that comes before the one that does.</summary>
    public static bool DependsOnLabels(GrantSituation situation, GrantSet grants, GrantQuery query)
    {
        var granted = (situation as GrantSituation.Granted)?.Grant;
        return situation is GrantSituation.Refused || grants.Grants.TakeWhile(grant => grant.Name != granted)
            .Any(grant => grant.Namespaces?.Selector is not null && Allows(grant, query));
    }

    private static GrantSituation MatchOperator(GrantSet grants, GrantQuery query)
    {
        GrantSituation.Refused? nearest = null;
        foreach (var grant in OfNamespace(grants, query))
        {
            var failure = FirstFailure(grant, query);
            if (failure is null)
                return new GrantSituation.Granted(grant.Name, EffectiveTerms.Of(grant.Terms!, query));
            if (nearest is null || failure.Rule > nearest.Rule)
                nearest = new(grant.Name, failure.Rule, Message(grant, failure));
        }

        return nearest ?? new(
            null,
            GrantRule.Namespace,
            $"no UploadGrant matches the namespace {query.Namespace}: ask those who run the operator for one");
    }

    private static GrantSituation MatchServiceAccount(GrantSet grants, GrantQuery query) =>
        OfNamespace(grants, query).FirstOrDefault(grant => Allows(grant, query)) is { } grant
            ? new GrantSituation.Granted(grant.Name, EffectiveTerms.OfServiceAccount(grant.Terms!, query))
            : new GrantSituation.Disabled();

    private static IEnumerable<GrantResult> OfNamespace(GrantSet grants, GrantQuery query) =>
        grants.Grants.Where(grant => grant.Namespaces?.Matches(query.Namespace, query.NamespaceLabels) == true);

    private static bool Allows(GrantResult grant, GrantQuery query) =>
        (query.Terms.ServiceAccount is null || grant.ConcernsServiceAccounts) && FirstFailure(grant, query) is null;

    private static GrantFailure? FirstFailure(GrantResult grant, GrantQuery query) => grant.Terms is { } terms
        ? new GrantCheck(terms, query).FirstFailure()
        : new(GrantRule.Validity, string.Join("; ", grant.Errors));

    private static string Message(GrantResult grant, GrantFailure failure) => failure.Rule == GrantRule.Validity
        ? $"the UploadGrant {grant.Name} is invalid and allows nothing; those who run the operator must mend it: {failure.Problem}"
        : $"no UploadGrant allows this session; the nearest, {grant.Name}, does not allow {failure.Problem}";
}

/// <summary>The first rule of a grant that a session fails.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Problem">What is not allowed and what would be.</param>
internal sealed record GrantFailure(GrantRule Rule, string Problem);
