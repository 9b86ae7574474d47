using System.Collections.Concurrent;
using ControllerRuntime;
using UploadSessions.Credentials;
using UploadSessions.Grants;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Reconciling;

/// <summary>What this process remembers of each session between two reconciles. A key is reconciled by one worker at a time, so entries are replaced, not merged.</summary>
public sealed class SessionMemories
{
    private readonly ConcurrentDictionary<ObjectKey, Entry> _entries = new();

    /// <summary>The memory of the session with that uid; empty for one of the same name that went before.</summary>
    public SessionMemory Recall(ObjectKey key, string uid) => Find(key, uid)?.Memory ?? SessionMemory.Empty;

    /// <summary>What is remembered after a look at the grants.</summary>
    public SessionMemory See(ObjectKey key, string uid, GrantSituation grant, DateTimeOffset now)
    {
        var before = Recall(key, uid);
        var after = before.Seeing(grant, now);
        if (after != before)
            Remember(key, uid, after);
        return after;
    }

    /// <summary>The sessions whose last issuance failed for an outage.</summary>
    public IEnumerable<ObjectKey> FailedFor(long outage) => _entries.Where(entry => entry.Value.Memory.Failure?.Outage == outage).Select(entry => entry.Key);

    /// <summary>Remembers.</summary>
    public void Remember(ObjectKey key, string uid, SessionMemory memory)
    {
        var inHand = Find(key, uid)?.InHand;
        if (memory == SessionMemory.Empty && inHand is null)
            _entries.TryRemove(key, out _);
        else
            _entries[key] = new(uid, memory, inHand);
    }

    /// <summary>Credentials that STS gave and the API server has not taken yet, for the same request.</summary>
    public IssuedCredentials? InHand(ObjectKey key, string uid, IssuanceRequest request, DateTimeOffset now) =>
        Find(key, uid)?.InHand is { } held && held.Fingerprint == request.Fingerprint && held.UsableUntil > now ? held.Credentials : null;

    /// <summary>Keeps issued credentials until they are written: STS is not asked twice for one issuance. From now on nobody knows what the Secret says until the write is answered.</summary>
    public void Hold(ObjectKey key, string uid, IssuanceRequest request, IssuedCredentials credentials)
    {
        var halfLife = credentials.IssuedAt + ((credentials.ExpiresAt - credentials.IssuedAt) / 2);
        _entries[key] = new(uid, Recall(key, uid) with { Written = null }, new(request.Fingerprint, credentials, halfLife));
    }

    /// <summary>Nothing is in hand any more.</summary>
    public void Release(ObjectKey key, string uid)
    {
        if (Find(key, uid) is { InHand: not null } entry)
            _entries[key] = entry with { InHand = null };
    }

    /// <summary>What was in hand is not any more where the Secret shows it: the write had arrived, though not its answer. Whoever deletes that Secret asks for other credentials.</summary>
    public void Release(ObjectKey key, string uid, SecretMetadata? secret)
    {
        if (Find(key, uid)?.InHand is { } held && held.Credentials.AccessKeyId == secret?.AccessKeyId)
            Release(key, uid);
    }

    /// <summary>The session is gone.</summary>
    public void Forget(ObjectKey key) => _entries.TryRemove(key, out _);

    private Entry? Find(ObjectKey key, string uid) => _entries.TryGetValue(key, out var entry) && entry.Uid == uid ? entry : null;

    private sealed record Entry(string Uid, SessionMemory Memory, Held? InHand);

    private sealed record Held(string Fingerprint, IssuedCredentials Credentials, DateTimeOffset UsableUntil);
}
