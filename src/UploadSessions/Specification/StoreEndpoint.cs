using System.Net;
using System.Text.RegularExpressions;

namespace UploadSessions.Specification;

/// <summary>Reads the URL of a store's STS or S3. It is called by the operator, and written into files of the Secret as it stands: so every client must read the same host in it.</summary>
public static partial class StoreEndpoint
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "an absolute http or https URL in ASCII, without credentials, query or white space, such as https://store.example";

    private const int MaxLength = 1024;

    /// <summary>The URL.</summary>
    /// <param name="text">As written.</param>
    /// <param name="problem">What is wrong with it; null: nothing.</param>
    /// <returns>Null where something is wrong.</returns>
    public static Uri? Read(string text, out string? problem)
    {
        problem = null;
        if (text.Length > MaxLength || !Form().IsMatch(text) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || IsNumberOfNoAddress(uri))
            problem = "is not an endpoint";
        else if (MetadataServices.Has(uri))
            problem = "is a host that serves the credentials of machines, not those of a store";
        else
            return uri;
        return null;
    }

    /// <summary>A refused text as messages may have it: one that may hold credentials is not repeated.</summary>
    public static string Shown(string text) => text.Contains('@', StringComparison.Ordinal) ? "(not shown)" : text;

    /// <summary>A host that ends in a number is an IPv4 address or none (WHATWG URL Standard, "Host parsing"): what is none here may be one to another client.</summary>
    private static bool IsNumberOfNoAddress(Uri uri)
    {
        var host = uri.Host.TrimEnd('.');
        return !IPAddress.TryParse(host, out _) && Number().IsMatch(host[(host.LastIndexOf('.') + 1)..]);
    }

    // The characters of RFC 3986, but for those that begin a query or a fragment, or end credentials.
    [GeneratedRegex(@"\Ahttps?://[A-Za-z0-9._~:/\[\]!$&'()*+,;=%-]+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A([0-9]+|0[xX][0-9A-Fa-f]*)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
