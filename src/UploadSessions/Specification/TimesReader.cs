using UploadSessions.Resources;

namespace UploadSessions.Specification;

/// <summary>Reads durations and times: those of a session, and the caps of a grant.</summary>
internal static class TimesReader
{
    // AWS STS API Reference, "AssumeRole": 900 to 43200 seconds.
    private static readonly TimeSpan MinDuration = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan MaxDuration = TimeSpan.FromHours(12);
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(1);

    /// <summary>The life of one set of credentials, 15m to 12h; null: unreadable.</summary>
    public static TimeSpan? Duration(string field, string text, SpecErrors errors)
    {
        if (!DurationText.TryParse(text, out var duration))
            errors.Add(field, text, $"is not a duration; accepted are {DurationText.Accepted}, from 15m to 12h");
        else if (duration < MinDuration || duration > MaxDuration)
            errors.Add(field, text, "is out of range; accepted are 15m to 12h");
        else
            return duration;
        return null;
    }

    /// <summary>A session's duration or its default. One that cannot be read counts as the longest, so that renewBefore is not also blamed for it.</summary>
    public static TimeSpan SessionDuration(string? text, SpecErrors errors) =>
        text is null ? DefaultDuration : Duration("spec.duration", text, errors) ?? MaxDuration;

    public static TimeSpan? RenewBefore(string? text, TimeSpan duration, SpecErrors errors)
    {
        if (text is null)
            return null;
        if (!DurationText.TryParse(text, out var renewBefore))
            errors.Add("spec.renewBefore", text, $"is not a duration; accepted are {DurationText.Accepted}");
        else if (renewBefore <= TimeSpan.Zero || renewBefore >= duration)
            errors.Add("spec.renewBefore", text, "is out of range; accepted is more than 0s and less than spec.duration");
        else
            return renewBefore;
        return null;
    }

    /// <summary>The earlier of both ends, cut to whole seconds; null: none.</summary>
    public static DateTimeOffset? End(UploadSessionSpec spec, DateTimeOffset created, SpecErrors errors)
    {
        var endsAt = EndsAt(spec.EndsAt, errors);
        var endOfLife = Lifetime("spec.lifetime", spec.Lifetime, errors) is { } lifetime ? EndOf(created, lifetime) : (DateTimeOffset?)null;
        var end = endsAt is null || endOfLife < endsAt ? endOfLife : endsAt;
        return end is { } time ? Rfc3339.WholeSeconds(time) : null;
    }

    private static DateTimeOffset? EndsAt(string? text, SpecErrors errors)
    {
        if (text is null)
            return null;
        if (Rfc3339.TryParse(text, out var time))
            return time;
        errors.Add("spec.endsAt", text, "is not a time; accepted are times in RFC 3339 form such as 2026-12-01T00:00:00Z");
        return null;
    }

    /// <summary>The life of a session, up to a century; null: none, or unreadable.</summary>
    public static TimeSpan? Lifetime(string field, string? text, SpecErrors errors)
    {
        if (text is null)
            return null;
        if (!DurationText.TryParse(text, out var lifetime))
            errors.Add(field, text, $"is not a duration; accepted are {DurationText.Accepted}, up to 876000h");
        else if (lifetime <= TimeSpan.Zero)
            errors.Add(field, text, "is out of range; accepted is more than 0s");
        else
            return lifetime;
        return null;
    }

    private static DateTimeOffset EndOf(DateTimeOffset created, TimeSpan lifetime) =>
        lifetime < DateTimeOffset.MaxValue - created ? created.ToUniversalTime() + lifetime : DateTimeOffset.MaxValue;
}
