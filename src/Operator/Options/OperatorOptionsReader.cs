using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Options;

/// <summary>Reads and checks the options. Every error names the flag and the variable to change.</summary>
public sealed partial class OperatorOptionsReader(Func<OperatorFlag, string?> flags, Func<string, string?> environment)
{
    private const string PodNamespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";
    private readonly List<string> _errors = [];

    /// <summary>Reads the options.</summary>
    /// <returns>The options, or null and everything that is wrong.</returns>
    public (OperatorOptions? Options, IReadOnlyList<string> Errors) Read()
    {
        var options = new OperatorOptions
        {
            Kubeconfig = NullIfEmpty(Text(OperatorFlags.Kubeconfig)),
            Region = Region(),
            StsEndpoint = Endpoint(OperatorFlags.StsEndpoint),
            S3Endpoint = Endpoint(OperatorFlags.S3Endpoint),
            RequireGrants = OneOf(OperatorFlags.Grants, "required", "disabled") == "required",
            TokenAudience = Audience(),
            ClusterName = ClusterName(),
            Namespaces = Namespaces(),
            Workers = Number(OperatorFlags.Workers, 1, 256),
            StsRate = Number(OperatorFlags.StsRate, 1, 10_000),
            HttpAddress = Address(OperatorFlags.HttpAddress),
            LeaderElect = OneOf(OperatorFlags.LeaderElect, "true", "false") == "true",
            LeaderElectionNamespace = LeaderElectionNamespace(),
            LeaderElectionLeaseDuration = Duration(OperatorFlags.LeaderElectionLeaseDuration, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(10)),
            JsonLogs = OneOf(OperatorFlags.LogFormat, "json", "text") == "json",
            LogLevel = Enum.Parse<LogLevel>(OneOf(OperatorFlags.LogLevel, "Information", "Trace", "Debug", "Warning", "Error")),
        };
        return _errors.Count == 0 ? (options, []) : (null, _errors);
    }

    private string Text(OperatorFlag flag) => flags(flag) ?? NullIfEmpty(environment(flag.Variable)) ?? flag.Default;

    private string Region()
    {
        var region = FirstOf(Text(OperatorFlags.Region), environment("AWS_REGION"), environment("AWS_DEFAULT_REGION"), "us-east-1");
        if (!RegionName.IsOne(region))
            Refuse(OperatorFlags.Region, region, RegionName.Accepted);
        return region;
    }

    private string? Audience()
    {
        var audience = NullIfEmpty(Text(OperatorFlags.TokenAudience));
        var enabled = OneOf(OperatorFlags.ServiceAccounts, "disabled", "enabled") == "enabled";
        var elsewhere = Text(OperatorFlags.StsEndpoint).Length > 0;
        if (!enabled && audience is not null)
            Refuse(OperatorFlags.TokenAudience, audience, $"none without {OperatorFlags.ServiceAccounts.Name} enabled");
        else if (enabled && elsewhere && audience is null)
            Refuse(OperatorFlags.TokenAudience, "", $"with {OperatorFlags.StsEndpoint.Name}, an audience of that endpoint's own: {TokenAudience.Accepted}");
        else if (enabled && audience is not null && (elsewhere ? TokenAudience.ProblemElsewhere(audience) : TokenAudience.Problem(audience)) is not null)
            Refuse(OperatorFlags.TokenAudience, audience, TokenAudience.Accepted + (elsewhere ? $", and not {ServiceAccountIdentity.AwsAudience}, which is for AWS alone" : ""));
        return enabled ? audience ?? ServiceAccountIdentity.AwsAudience : null;
    }

    private string? ClusterName()
    {
        var name = NullIfEmpty(Text(OperatorFlags.ClusterName));
        if (name is not null && !TagValueForm().IsMatch(name))
            Refuse(OperatorFlags.ClusterName, name, "the value of an STS session tag: up to 256 ASCII letters, digits and _.:/=+-@");
        return name;
    }

    private string[] Namespaces()
    {
        var text = Text(OperatorFlags.Namespaces);
        string[] names = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (text.Length > 0 && (names.Length == 0 || !names.All(IsNamespace)))
            Refuse(OperatorFlags.Namespaces, text, "names of namespaces, separated by commas, or nothing for all");
        return names;
    }

    private string LeaderElectionNamespace()
    {
        var ns = FirstOf(Text(OperatorFlags.LeaderElectionNamespace), environment("POD_NAMESPACE"), PodNamespace(), "default");
        if (!IsNamespace(ns))
            Refuse(OperatorFlags.LeaderElectionNamespace, ns, "the name of a namespace");
        return ns;
    }

    /// <summary>It is written into files of the Secret as it stands.</summary>
    private Uri? Endpoint(OperatorFlag flag)
    {
        var text = Text(flag);
        if (text.Length == 0)
            return null;
        var uri = StoreEndpoint.Read(text, out var problem);
        if (problem is not null)
            Refuse(flag, StoreEndpoint.Shown(text), $"{StoreEndpoint.Accepted}; this {problem}");
        return uri;
    }

    private int Number(OperatorFlag flag, int least, int most)
    {
        var text = Text(flag);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse(flag, text, $"a whole number from {least} to {most}");
        return least;
    }

    private TimeSpan Duration(OperatorFlag flag, TimeSpan least, TimeSpan most)
    {
        var text = Text(flag);
        if (DurationText.TryParse(text, out var duration) && duration >= least && duration <= most)
            return duration;
        Refuse(flag, text, $"{DurationText.Accepted}, from {DurationText.Format(least)} to {DurationText.Format(most)}");
        return least;
    }

    private IPEndPoint Address(OperatorFlag flag)
    {
        var text = Text(flag);
        if (AddressForm().IsMatch(text) && IPEndPoint.TryParse(text, out var address))
            return address;
        Refuse(flag, text, "an IP address and a port, such as 0.0.0.0:8080 or [::1]:8080");
        return new(IPAddress.Loopback, 0);
    }

    private string OneOf(OperatorFlag flag, params string[] accepted)
    {
        var text = Text(flag);
        if (accepted.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word)
            return word;
        Refuse(flag, text, "one of " + string.Join(", ", accepted));
        return accepted[0];
    }

    private void Refuse(OperatorFlag flag, string value, string accepted) =>
        _errors.Add($"{flag.Told} is '{value}'; accepted: {accepted}");

    private static bool IsNamespace(string name) => ObjectNames.LabelProblem(name) is null;

    private static string FirstOf(params string?[] candidates) => candidates.First(candidate => !string.IsNullOrEmpty(candidate))!;

    private static string? PodNamespace() => File.Exists(PodNamespaceFile) ? File.ReadAllText(PodNamespaceFile).Trim() : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // AWS STS API Reference, "Tag".
    [GeneratedRegex(@"\A[A-Za-z0-9_.:/=+@-]{1,256}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagValueForm();

    // IPEndPoint takes an address without a port, and numbers for addresses.
    [GeneratedRegex(@"\A([0-9]+(\.[0-9]+){3}|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AddressForm();
}
