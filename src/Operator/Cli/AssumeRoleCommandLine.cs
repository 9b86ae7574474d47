using System.Globalization;
using System.Text.Json.Nodes;
using UploadSessions.Operator.Sts;
using UploadSessions.Policy;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli;

/// <summary>The command of the AWS CLI that asks for what the operator asks for.</summary>
internal static class AssumeRoleCommandLine
{
    public static string Write(SessionTerms terms, SessionPolicy policy, string roleSessionName, Uri? stsEndpoint, DateTimeOffset now)
    {
        var arguments = new List<(string Name, string Value)>
        {
            ("--role-arn", terms.Role.Value),
            ("--role-session-name", roleSessionName),
            ("--duration-seconds", AssumeRoleRequests.SecondsOf(terms, now).ToString(CultureInfo.InvariantCulture)),
            ("--region", terms.Region),
        };
        if (stsEndpoint is not null)
            arguments.Add(("--endpoint-url", stsEndpoint.OriginalString));
        if (terms.SessionTags.Count > 0)
            arguments.Add(("--tags", Tags(terms)));
        if (terms.ServiceAccount is { } account)
            arguments.Add(("--web-identity-token", $"$(kubectl create token {ShellQuote.Quote(account.Name)} --namespace {ShellQuote.Quote(account.Namespace)} --audience {ShellQuote.Quote(account.Audience)})"));
        arguments.Add(("--policy", policy.Json));
        var command = terms.ServiceAccount is null ? "assume-role" : "assume-role-with-web-identity";
        return $"aws sts {command} \\\n  {string.Join(" \\\n  ", arguments.Select(Word))}";
    }

    /// <summary>A token is made when the command runs: the shell is to read that argument, and no other.</summary>
    private static string Word((string Name, string Value) argument) =>
        argument.Name == "--web-identity-token" ? $"{argument.Name} \"{argument.Value}\"" : $"{argument.Name} {ShellQuote.Quote(argument.Value)}";

    /// <summary>As JSON: the shorthand of the AWS CLI gives commas and equals signs a meaning.</summary>
    private static string Tags(SessionTerms terms)
    {
        var tags = new JsonArray();
        foreach (var (key, value) in terms.SessionTags)
            tags.Add((JsonNode)new JsonObject { ["Key"] = key, ["Value"] = value });
        return tags.ToJsonString();
    }
}
