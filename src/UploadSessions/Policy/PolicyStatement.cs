namespace UploadSessions.Policy;

/// <summary>Whether a statement allows or denies.</summary>
public enum PolicyEffect
{
    /// <summary>Allows, unless another statement denies.</summary>
    Allow,

    /// <summary>Denies, whatever else allows.</summary>
    Deny,
}

/// <summary>One statement of a policy.</summary>
public sealed class PolicyStatement
{
    private readonly IReadOnlyList<PolicyPattern> _actions;
    private readonly IReadOnlyList<PolicyPattern> _resources;
    private readonly IReadOnlyList<PolicyCondition> _conditions;

    internal PolicyStatement(
        PolicyEffect effect,
        IReadOnlyList<PolicyPattern> actions,
        IReadOnlyList<PolicyPattern> resources,
        IReadOnlyList<PolicyCondition> conditions,
        string json)
    {
        Effect = effect;
        Json = json;
        _actions = actions;
        _resources = resources;
        _conditions = conditions;
    }

    /// <summary>Allow or Deny.</summary>
    public PolicyEffect Effect { get; }

    /// <summary>The statement as written in the document.</summary>
    public string Json { get; }

    /// <summary>Whether action, resource and all conditions fit the request.</summary>
    internal bool Matches(AccessRequest request) =>
        MatchesAny(_actions, request.Action, request, ignoreCase: true)
        && MatchesAny(_resources, request.Resource, request, ignoreCase: false)
        && _conditions.All(condition => condition.Holds(request));

    private static bool MatchesAny(IReadOnlyList<PolicyPattern> patterns, string text, AccessRequest request, bool ignoreCase) =>
        patterns.Any(pattern => pattern.Matches(text, request, ignoreCase) == true);
}
