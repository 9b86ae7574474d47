using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace UploadSessions.Rotation;

/// <summary>Decides when credentials are renewed: early enough to survive an outage of STS, and spread out so that sessions created together do not renew together.</summary>
public static class RotationSchedule
{
    private const double EarliestFraction = 0.60;
    private const double JitterFraction = 0.10;
    private const double MarginFraction = 0.20;

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>The time to renew, in whole seconds: after 60 to 70 % of the life, and 5 minutes and 20 % of the life before expiry at the latest. A life under 15 minutes, which only S3-compatible stores issue, keeps a third of it instead of the 5 minutes.</summary>
    /// <param name="uid">The session's uid. Together with the issue time it fixes the jitter, so a restart changes nothing.</param>
    /// <param name="issuedAt">When the request was sent.</param>
    /// <param name="expiresAt">The expiry as STS returned it.</param>
    /// <param name="renewBefore">The user's wish, which overrides the rule; without effect where it is not shorter than the life that STS granted.</param>
    /// <returns>Never before <paramref name="issuedAt"/>, and before <paramref name="expiresAt"/> for every life of a second or more.</returns>
    public static DateTimeOffset RenewAt(string uid, DateTimeOffset issuedAt, DateTimeOffset expiresAt, TimeSpan? renewBefore)
    {
        var life = expiresAt - issuedAt;
        if (life <= TimeSpan.Zero)
            return issuedAt;
        var time = renewBefore is { } wish && wish > TimeSpan.Zero && wish < life
            ? expiresAt - wish
            : Computed(uid, issuedAt, expiresAt, life);
        var seconds = Rfc3339.WholeSeconds(time);
        return seconds < issuedAt ? issuedAt : seconds;
    }

    private static DateTimeOffset Computed(string uid, DateTimeOffset issuedAt, DateTimeOffset expiresAt, TimeSpan life)
    {
        var third = life / 3;
        var fixedMargin = third < Margin ? third : Margin;
        var relativeMargin = life * MarginFraction;
        var latest = expiresAt - (fixedMargin > relativeMargin ? fixedMargin : relativeMargin);
        var wanted = issuedAt + (life * (EarliestFraction + (JitterFraction * Jitter(uid, issuedAt))));
        return wanted < latest ? wanted : latest;
    }

    /// <summary>0 up to 1, the same for the same credentials on every machine.</summary>
    private static double Jitter(string uid, DateTimeOffset issuedAt)
    {
        var seed = string.Create(CultureInfo.InvariantCulture, $"{uid} {issuedAt.ToUnixTimeSeconds()}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0);
    }
}
