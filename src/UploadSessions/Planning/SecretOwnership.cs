using UploadSessions.Resources;

namespace UploadSessions.Planning;

/// <summary>Whose a Secret is, seen from one session.</summary>
public enum SecretOwnership
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>Its controller is this session.</summary>
    Ours,

    /// <summary>Its controller was a session of the same name that is gone: taken over.</summary>
    Predecessor,

    /// <summary>Anything else: never touched.</summary>
    Foreign,
}

/// <summary>Tells whose a Secret is.</summary>
public static class SecretOwnershipExtensions
{
    /// <summary>Whose <paramref name="secret"/> is, seen from <paramref name="session"/>. Labels and annotations prove nothing: anybody can write them.</summary>
    public static SecretOwnership OwnershipFor(this SecretMetadata? secret, UploadSession session)
    {
        if (secret is null)
            return SecretOwnership.Absent;
        if (secret.Owner is not { } owner)
            return SecretOwnership.Foreign;
        if (owner.Uid == session.Metadata.Uid)
            return SecretOwnership.Ours;
        return owner.Name == session.Metadata.Name ? SecretOwnership.Predecessor : SecretOwnership.Foreign;
    }
}
