using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace UploadSessions.Operator.Cli;

/// <summary>The options of <c>explain</c>.</summary>
internal sealed class ExplainOptions
{
    private readonly Option<string?> _session = new("--session") { Description = "The session, as NAME or NAMESPACE/NAME, where the file has several." };
    private readonly Option<string> _action = new("--action") { Description = "The IAM action, such as s3:PutObject.", Required = true };
    private readonly Option<string?> _key = new("--key") { Description = "The object's key; for actions on the bucket, the prefix that is listed. Default: empty." };
    private readonly Option<string?> _sourceIp = new("--source-ip") { Description = "The caller's IP address. Default: unknown." };
    private readonly Option<string?> _sourceVpce = new("--source-vpce") { Description = "The VPC endpoint that the request comes through. Default: none." };
    private readonly Option<string?> _time = new("--time") { Description = "The time of the request (RFC 3339). Default: now." };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "The request is made over plain HTTP." };

    /// <summary>The options shared with <c>render</c>.</summary>
    public OfflineOptions Offline { get; } = new();

    /// <summary>Adds the options, address and time checked.</summary>
    public void AddTo(Command command)
    {
        Offline.AddTo(command);
        foreach (var option in new Option[] { _session, _action, _key, _sourceIp, _sourceVpce, _time, _insecure })
            command.Options.Add(option);
        _action.Validators.Add(result => Require(result, text => text.Contains(':', StringComparison.Ordinal), "is not an IAM action; accepted are actions such as s3:PutObject"));
        _sourceIp.Validators.Add(result => Require(result, text => IPAddress.TryParse(text, out _), "is not an IP address"));
        _time.Validators.Add(result => Require(result, text => Rfc3339.TryParse(text, out _), "is not a time; accepted are times such as 2026-12-01T00:00:00Z"));
    }

    /// <summary>The chosen session; null: the only one.</summary>
    public string? Session(ParseResult parsed) => parsed.GetValue(_session);

    /// <summary>The request to explain.</summary>
    public ExplainRequest Request(ParseResult parsed, TimeProvider clock) => new()
    {
        Action = parsed.GetRequiredValue(_action),
        Key = parsed.GetValue(_key) ?? "",
        SourceIp = parsed.GetValue(_sourceIp),
        SourceVpce = parsed.GetValue(_sourceVpce),
        Time = Rfc3339.TryParse(parsed.GetValue(_time), out var time) ? time : clock.GetUtcNow(),
        Insecure = parsed.GetValue(_insecure),
    };

    private static void Require(OptionResult result, Func<string, bool> accepted, string problem)
    {
        var text = result.GetValueOrDefault<string?>() ?? "";
        if (!accepted(text))
            result.AddError($"{result.Option.Name} '{text}' {problem}");
    }
}
