using UploadSessions.Grants;
using UploadSessions.Operator.Options;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Granting;

/// <summary>Tells how a session stands with the grants as they are known now.</summary>
public sealed class GrantBook
{
    private readonly GrantCaches _caches;
    private readonly OperatorOptions _options;
    private long _version;
    private volatile Edition? _edition;

    /// <summary>Follows the grants' changes.</summary>
    public GrantBook(GrantCaches caches, OperatorOptions options)
    {
        (_caches, _options) = (caches, options);
        caches.Grants.Subscribe(_ => Interlocked.Increment(ref _version));
    }

    /// <summary>Allowed, refused, or not to be told now.</summary>
    /// <param name="session">The session.</param>
    /// <param name="terms">Its checked spec; null where that is invalid: then nothing is asked for.</param>
    public GrantSituation Of(UploadSession session, SessionTerms? terms)
    {
        if (!_options.RequireGrants || terms is null)
            return new GrantSituation.Disabled();
        if (!_caches.Grants.IsCurrent)
            return new GrantSituation.Unknown($"the UploadGrants cannot be read: see that the CRD {UploadGrant.Plural}.{UploadSession.Group} is installed and that the operator may list and watch it");

        // Labels of a store that is not current may be gone by now, and with them a grant.
        var labels = _caches.Namespaces is { IsCurrent: true } current ? current.Get(new("", session.Metadata.Namespace))?.Metadata.Labels : null;
        var grants = Grants();
        var query = new GrantQuery { Session = session, Terms = terms, NamespaceLabels = labels, Cluster = _options.ClusterName };
        var situation = GrantMatcher.Match(grants, query);
        return _caches.Namespaces is not null && labels is null && GrantMatcher.DependsOnLabels(situation, grants, query)
            ? new GrantSituation.Unknown($"the labels of the namespace {session.Metadata.Namespace} cannot be read: see that the operator may list and watch namespaces")
            : situation;
    }

    private GrantSet Grants()
    {
        var version = Interlocked.Read(ref _version);
        if (_edition is { } known && known.Version == version)
            return known.Grants;
        var grants = GrantSet.Of(_caches.Grants.Snapshot());
        _edition = new(version, grants);
        return grants;
    }

    private sealed record Edition(long Version, GrantSet Grants);
}
