using System.Globalization;
using System.Net;

namespace UploadSessions.Policy;

/// <summary>Compares a request's value with one value of a condition; null where the condition holds a variable without a value.</summary>
internal delegate bool? ConditionTest(string actual, AccessRequest request);

/// <summary>A condition operator of IAM.</summary>
/// <param name="Negated">Whether it holds where no value fits; it then also holds where the request lacks the key.</param>
/// <param name="Read">Reads a value of the policy into a test.</param>
internal sealed record ConditionOperator(bool Negated, Func<string, ConditionTest> Read)
{
    private static readonly Dictionary<string, ConditionOperator> All = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = new(false, value => Text(value, wildcards: false)),
        ["StringNotEquals"] = new(true, value => Text(value, wildcards: false)),
        ["StringEqualsIgnoreCase"] = new(false, value => Text(value, wildcards: false, ignoreCase: true)),
        ["StringNotEqualsIgnoreCase"] = new(true, value => Text(value, wildcards: false, ignoreCase: true)),
        ["StringLike"] = new(false, value => Text(value, wildcards: true)),
        ["StringNotLike"] = new(true, value => Text(value, wildcards: true)),
        ["Bool"] = new(false, Boolean),
        ["IpAddress"] = new(false, Address),
        ["NotIpAddress"] = new(true, Address),
        ["DateEquals"] = new(false, value => Date(value, order => order == 0)),
        ["DateNotEquals"] = new(true, value => Date(value, order => order == 0)),
        ["DateLessThan"] = new(false, value => Date(value, order => order < 0)),
        ["DateLessThanEquals"] = new(false, value => Date(value, order => order <= 0)),
        ["DateGreaterThan"] = new(false, value => Date(value, order => order > 0)),
        ["DateGreaterThanEquals"] = new(false, value => Date(value, order => order >= 0)),
    };

    /// <summary>The supported names, for messages.</summary>
    public static string Names => string.Join(", ", All.Keys.Order(StringComparer.Ordinal));

    /// <summary>The operator of that name; null if it is unknown.</summary>
    public static ConditionOperator? Find(string name) => All.GetValueOrDefault(name);

    private static ConditionTest Text(string value, bool wildcards, bool ignoreCase = false)
    {
        var pattern = PolicyPattern.Parse(value, wildcards);
        return (actual, request) => pattern.Matches(actual, request, ignoreCase);
    }

    private static ConditionTest Boolean(string value)
    {
        if (!bool.TryParse(value, out var expected))
            throw new PolicyFormatException($"'{value}' is not true or false");
        return (actual, _) => bool.TryParse(actual, out var found) && found == expected;
    }

    private static ConditionTest Address(string value)
    {
        if (!Cidr.TryParse(value, out var range))
            throw new PolicyFormatException($"'{value}' is not an IP address or range in CIDR form");
        return (actual, _) => IPAddress.TryParse(actual, out var address) && range.Contains(address);
    }

    private static ConditionTest Date(string value, Func<int, bool> fits)
    {
        if (!TryParseDate(value, out var expected))
            throw new PolicyFormatException($"'{value}' is not a date in ISO 8601 form or in seconds since 1970");
        return (actual, _) => TryParseDate(actual, out var found) && fits(found.CompareTo(expected));
    }

    private static bool TryParseDate(string text, out DateTimeOffset date)
    {
        if (Rfc3339.TryParse(text, out date))
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return false;
        date = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
