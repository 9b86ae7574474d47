using System.Globalization;
using System.Text.Json.Nodes;
using UploadSessions.Policy;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli;

/// <summary>The command of the AWS CLI that asks for what the operator asks for.</summary>
internal static class AssumeRoleCommandLine
{
    public static string Write(SessionTerms terms, SessionPolicy policy, string roleSessionName, Uri? stsEndpoint)
    {
        var arguments = new List<(string Name, string Value)>
        {
            ("--role-arn", terms.Role.Value),
            ("--role-session-name", roleSessionName),
            ("--duration-seconds", ((int)terms.Duration.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("--region", terms.Region),
        };
        if (stsEndpoint is not null)
            arguments.Add(("--endpoint-url", stsEndpoint.OriginalString));
        if (terms.SessionTags.Count > 0)
            arguments.Add(("--tags", Tags(terms)));
        arguments.Add(("--policy", policy.Json));
        return $"aws sts assume-role \\\n  {string.Join(" \\\n  ", arguments.Select(argument => $"{argument.Name} {ShellQuote.Quote(argument.Value)}"))}";
    }

    /// <summary>As JSON: the shorthand of the AWS CLI gives commas and equals signs a meaning.</summary>
    private static string Tags(SessionTerms terms)
    {
        var tags = new JsonArray();
        foreach (var (key, value) in terms.SessionTags)
            tags.Add((JsonNode)new JsonObject { ["Key"] = key, ["Value"] = value });
        return tags.ToJsonString();
    }
}
