using System.CommandLine;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli;

/// <summary>What <c>render</c> and <c>explain</c> both take.</summary>
internal sealed class OfflineOptions
{
    private const string DefaultRegion = "us-east-1";

    private readonly Option<string> _file = new("--file", "-f") { Description = "YAML or JSON file with UploadSessions; - reads standard input.", Required = true, HelpName = "FILE|-" };
    private readonly Option<string?> _region = new("--region") { Description = $"AWS region of sessions that name none. Default: {DefaultRegion}." };
    private readonly Option<string?> _s3Endpoint = new("--s3-endpoint") { Description = "URL of an S3-compatible store, as given to the operator." };
    private readonly Option<string?> _stsEndpoint = new("--sts-endpoint") { Description = "URL of its STS, as given to the operator." };
    private readonly Option<string?> _tokenAudience = new("--token-audience") { Description = $"Audience of ServiceAccount tokens, as given to the operator. Default: {ServiceAccountIdentity.AwsAudience}; none with --sts-endpoint." };

    /// <summary>Adds the options; what the operator would refuse is refused.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _file, _region, _s3Endpoint, _stsEndpoint, _tokenAudience })
            command.Options.Add(option);
        foreach (var endpoint in new[] { _s3Endpoint, _stsEndpoint })
            endpoint.Validators.Add(result => RequireEndpoint(endpoint.Name, result.GetValueOrDefault<string?>() ?? "", result.AddError));
        command.Validators.Add(result =>
        {
            if (result.GetValue(_tokenAudience) is { } audience && ProblemOf(audience, isElsewhere: result.GetValue(_stsEndpoint) is not null) is { } problem)
                result.AddError($"{_tokenAudience.Name} '{audience}' {problem}");
        });
        _region.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } region && !RegionName.IsOne(region))
                result.AddError($"{_region.Name} '{region}' is not a region; accepted are {RegionName.Accepted}");
        });
    }

    /// <summary>The file's name; <c>-</c> for standard input.</summary>
    public string File(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>The defaults that the operator would have.</summary>
    public SpecDefaults Defaults(ParseResult parsed) => new(
        parsed.GetValue(_region) ?? DefaultRegion,
        Url(parsed.GetValue(_s3Endpoint)),
        Url(parsed.GetValue(_stsEndpoint)),
        parsed.GetValue(_tokenAudience) ?? (parsed.GetValue(_stsEndpoint) is null ? ServiceAccountIdentity.AwsAudience : null));

    private static string? ProblemOf(string audience, bool isElsewhere) =>
        isElsewhere ? TokenAudience.ProblemElsewhere(audience) : TokenAudience.Problem(audience);

    private static Uri? Url(string? text) => text is null ? null : new Uri(text);

    private static void RequireEndpoint(string name, string text, Action<string> addError)
    {
        StoreEndpoint.Read(text, out var problem);
        if (problem is not null)
            addError($"{name} '{StoreEndpoint.Shown(text)}' {problem}; accepted is {StoreEndpoint.Accepted}");
    }
}
