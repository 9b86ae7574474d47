using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Signing;

/// <summary>Comparison whose duration tells nothing of where texts differ.</summary>
public static class FixedTime
{
    /// <summary>Ordinal equality.</summary>
    public static bool Equal(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
