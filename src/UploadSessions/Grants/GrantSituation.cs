using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>How a session stands with the grants.</summary>
public abstract record GrantSituation
{
    private GrantSituation()
    {
    }

    /// <summary>No grant is needed: grants are disabled, or the session does not use the operator's identity.</summary>
    public sealed record Disabled : GrantSituation;

    /// <summary>Nobody can tell now: the grants, or the namespace's labels, are not all known. What there is stays, and nothing is issued.</summary>
    /// <param name="Why">What cannot be read and what to do about it, as a sentence without its end.</param>
    public sealed record Unknown(string Why) : GrantSituation;

    /// <summary>A grant allows the whole session.</summary>
    /// <param name="Grant">Its name.</param>
    /// <param name="Terms">What to ask of STS and to tell in the Secret: the session's terms with all that the grant adds. They replace those of the session.</param>
    public sealed record Granted(string Grant, SessionTerms Terms) : GrantSituation;

    /// <summary>No grant allows it.</summary>
    /// <param name="Grant">The nearest of the grants that are for the session's namespace; null: none is.</param>
    /// <param name="Rule">The rule of it that failed.</param>
    /// <param name="Message">What is not allowed, what would be, and what to change. Speaks of no other grant.</param>
    public sealed record Refused(string? Grant, GrantRule Rule, string Message) : GrantSituation;
}
