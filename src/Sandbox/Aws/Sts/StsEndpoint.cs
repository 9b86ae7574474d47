using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using Sandbox.Aws.Faults;
using Sandbox.Aws.Identity;
using Sandbox.Signing;

namespace Sandbox.Aws.Sts;

/// <summary>Answers STS's query protocol: POST with a form-encoded body, answers in XML.</summary>
internal sealed class StsEndpoint(AwsAccount account, AccessKeyStore keys, WebIdentities identities, FaultyCall calls, StsRecorder recorder, TimeProvider time)
{
    private const string WebIdentityAction = "AssumeRoleWithWebIdentity";

    private readonly SignatureVerifier _verifier = new(SigningService.Sts, keys.Find, time);
    private readonly RoleSessions _sessions = new(account, keys, time);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var requestId = Guid.NewGuid().ToString();
        var record = new StsRequest { Time = time.GetUtcNow(), Action = "Unknown" };
        try
        {
            var (form, caller) = await ReadAsync(http);
            record = Describe(record, form);
            var carriedOut = await calls.RunAsync(new("sts", record.Action, record.RoleArn, record.SessionName), http, async () =>
            {
                var (answer, issued) = caller is null
                    ? await CarryUnsignedAsync(form, requestId, http.RequestAborted)
                    : Carry(record.Action, form, caller, requestId);
                recorder.Add(record with { IssuedAccessKeyId = issued });
                await WriteAsync(http, StatusCodes.Status200OK, answer, requestId);
            });
            if (!carriedOut)
            {
                recorder.Add(record with { Result = StsRequest.Dropped });
                http.Abort();
            }
        }
        catch (AwsException error)
        {
            recorder.Add(record with { Result = error.Code });
            await WriteAsync(http, error.Status, StsXml.Error(error, requestId), requestId);
        }
    }

    /// <summary>The form, and who signed it: nobody does for a web identity, whose token is the proof.</summary>
    private async Task<(IReadOnlyDictionary<string, string> Form, AccessKey? Caller)> ReadAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
            throw new AwsException(405, "UnsupportedOperation", "Only POST is answered here.");
        if (http.Request.Headers.Authorization.Count == 0 && http.Request.HasFormContentType)
        {
            var sent = await http.Request.ReadFormAsync(http.RequestAborted);
            if (sent["Action"] == WebIdentityAction)
                return (sent.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal), null);
        }

        var signed = await VerifyAsync(http);
        return (ReadForm(signed.Payload), (AccessKey)signed.Credential);
    }

    private async Task<SignedRequest> VerifyAsync(HttpContext http)
    {
        try
        {
            return await _verifier.VerifyAsync(http.Request, http.RequestAborted);
        }
        catch (SignatureException failure)
        {
            throw StsErrors.From(failure);
        }
    }

    private (XElement Answer, string? Issued) Carry(string action, IReadOnlyDictionary<string, string> form, AccessKey caller, string requestId)
    {
        switch (action)
        {
            case "AssumeRole":
                var parameters = AssumeRoleParameters.Read(form);
                var key = _sessions.Assume(parameters, caller.Owner);
                return (StsXml.AssumeRole(key, parameters.PackedPolicyPercent, requestId), key.AccessKeyId);
            case "GetCallerIdentity":
                return (StsXml.GetCallerIdentity(caller.Owner, account.Id, requestId), null);
            default:
                throw new AwsException(400, "InvalidAction", $"Could not find operation {action} for version 2011-06-15");
        }
    }

    private async Task<(XElement Answer, string? Issued)> CarryUnsignedAsync(IReadOnlyDictionary<string, string> form, string requestId, CancellationToken cancellationToken)
    {
        var parameters = AssumeRoleParameters.Read(form);
        var identity = await identities.VerifyAsync(form.GetValueOrDefault("WebIdentityToken"), cancellationToken);
        var key = _sessions.Assume(parameters, identity);
        return (StsXml.AssumeRoleWithWebIdentity(key, identity, parameters.PackedPolicyPercent, requestId), key.AccessKeyId);
    }

    private static Dictionary<string, string> ReadForm(Payload payload)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(payload.Content.Span)))
            form[name] = values.ToString();
        return form;
    }

    private static StsRequest Describe(StsRequest record, IReadOnlyDictionary<string, string> form)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; form.TryGetValue($"Tags.member.{i}.Key", out var key); i++)
            tags[key] = form.GetValueOrDefault($"Tags.member.{i}.Value") ?? "";
        return record with
        {
            Action = form.GetValueOrDefault("Action") ?? "",
            RoleArn = form.GetValueOrDefault("RoleArn"),
            SessionName = form.GetValueOrDefault("RoleSessionName"),
            Policy = form.GetValueOrDefault("Policy"),
            Duration = int.TryParse(form.GetValueOrDefault("DurationSeconds"), out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
            Tags = tags,
            ExternalId = form.GetValueOrDefault("ExternalId"),
            SourceIdentity = form.GetValueOrDefault("SourceIdentity"),
        };
    }

    private static async Task WriteAsync(HttpContext http, int status, XElement answer, string requestId)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml";
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        await http.Response.WriteAsync(answer.ToString(SaveOptions.DisableFormatting), http.RequestAborted);
    }
}
