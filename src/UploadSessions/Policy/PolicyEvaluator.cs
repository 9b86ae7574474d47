namespace UploadSessions.Policy;

/// <summary>Judges requests as IAM does within one policy: a matching Deny wins, then a matching Allow, else it is denied (IAM User Guide, "Policy evaluation logic").</summary>
public static class PolicyEvaluator
{
    /// <summary>The verdict of one policy on one request.</summary>
    public static PolicyDecision Evaluate(PolicyDocument policy, AccessRequest request)
    {
        int? allowedBy = null;
        for (var i = 0; i < policy.Statements.Count; i++)
        {
            var statement = policy.Statements[i];
            if (statement.Effect == PolicyEffect.Allow && allowedBy is not null)
                continue;
            if (!statement.Matches(request))
                continue;
            if (statement.Effect == PolicyEffect.Deny)
                return new PolicyDecision(PolicyVerdict.ExplicitlyDenied, i);
            allowedBy = i;
        }

        return new PolicyDecision(allowedBy is null ? PolicyVerdict.ImplicitlyDenied : PolicyVerdict.Allowed, allowedBy);
    }
}
