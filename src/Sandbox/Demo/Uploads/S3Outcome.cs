using Amazon.Runtime;

namespace Sandbox.Demo.Uploads;

/// <summary>What came of a call to S3.</summary>
/// <param name="Code">The error code; null if it went through.</param>
/// <param name="Message">The error's message; empty if it went through.</param>
internal sealed record S3Outcome(string? Code, string Message)
{
    private static readonly S3Outcome Allowed = new(null, "");

    /// <summary>Whether the call went through.</summary>
    public bool IsAllowed => Code is null;

    /// <summary>Makes a call.</summary>
    public static async Task<S3Outcome> OfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return Allowed;
        }
        catch (AmazonServiceException refused)
        {
            return new(refused.ErrorCode, refused.Message);
        }
    }

    /// <summary>Whether a Deny of the session policy forbade it, not the lack of an Allow.</summary>
    public bool IsDeniedBySession => Code == "AccessDenied" && Message.Contains("with an explicit deny in a session policy", StringComparison.Ordinal);

    /// <summary>The outcome in a few words.</summary>
    public override string ToString() => this switch
    {
        { IsAllowed: true } => "allowed",
        { IsDeniedBySession: true } => $"{Code} (an explicit Deny in the session policy)",
        _ when Message.Contains("because no session policy allows", StringComparison.Ordinal) => $"{Code} (no session policy allows it)",
        _ => Code!,
    };
}
