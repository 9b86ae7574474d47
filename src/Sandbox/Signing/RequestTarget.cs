using Microsoft.AspNetCore.Http.Features;

namespace Sandbox.Signing;

/// <summary>The request target as it came over the wire, before any server normalised it: what was signed.</summary>
/// <param name="RawPath">The path, still escaped.</param>
/// <param name="Parameters">The query's parameters, unescaped, in the order sent.</param>
public sealed record RequestTarget(string RawPath, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Takes the target from a request.</summary>
    public static RequestTarget Of(HttpRequest request)
    {
        var raw = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (Uri.TryCreate(raw, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal))
            raw = absolute.PathAndQuery;
        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new(raw, []) : new(raw[..mark], Split(raw[(mark + 1)..]));
    }

    /// <summary>The value of the first parameter of that name, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    private static KeyValuePair<string, string>[] Split(string query) =>
        [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var mark = pair.IndexOf('=', StringComparison.Ordinal);
            return mark < 0
                ? KeyValuePair.Create(PercentEncoding.DecodeText(pair), "")
                : KeyValuePair.Create(PercentEncoding.DecodeText(pair[..mark]), PercentEncoding.DecodeText(pair[(mark + 1)..]));
        })];
}
