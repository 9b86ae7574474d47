namespace UploadSessions.Policy;

/// <summary>What a policy says of a request.</summary>
public enum PolicyVerdict
{
    /// <summary>A statement allows it and none denies it.</summary>
    Allowed,

    /// <summary>A Deny statement matches.</summary>
    ExplicitlyDenied,

    /// <summary>No statement matches.</summary>
    ImplicitlyDenied,
}

/// <summary>A verdict and where it comes from.</summary>
/// <param name="Verdict">Allowed or denied.</param>
/// <param name="StatementIndex">The deciding statement, counted from 0; null where none matched.</param>
public sealed record PolicyDecision(PolicyVerdict Verdict, int? StatementIndex);
