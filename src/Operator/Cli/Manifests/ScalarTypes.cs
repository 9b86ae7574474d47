using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace UploadSessions.Operator.Cli.Manifests;

/// <summary>Tells text from booleans, numbers and null as kubectl does, which reads YAML 1.1.</summary>
internal static partial class ScalarTypes
{
    private static readonly HashSet<string> Nulls = ["", "~", "null", "Null", "NULL"];

    private static readonly HashSet<string> Booleans = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "yes", "no", "on", "off" };

    public static ManifestScalarType Of(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain)
            return ManifestScalarType.Text;
        if (Nulls.Contains(scalar.Value))
            return ManifestScalarType.Null;
        if (Booleans.Contains(scalar.Value))
            return ManifestScalarType.Boolean;
        return Number().IsMatch(scalar.Value) ? ManifestScalarType.Number : ManifestScalarType.Text;
    }

    /// <summary>Whether a scalar of type boolean is true.</summary>
    public static bool IsTrue(string text) => text.ToLowerInvariant() is "true" or "yes" or "on";

    [GeneratedRegex(@"\A[-+]?(0[xX][0-9a-fA-F]+|0o?[0-7]+|([0-9][0-9_]*(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
