using UploadSessions.Planning;

namespace UploadSessions.Operator.Telemetry;

/// <summary>Every log line of the operator. No parameter ever carries a credential; access key ids are identifiers.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Issued credentials for {Namespace}/{Name} ({Trigger}): {AccessKeyId}, valid until {ExpiresAt}")]
    private static partial void IssuedLine(ILogger logger, string @namespace, string name, IssueTrigger trigger, string accessKeyId, string expiresAt);

    /// <summary>The console writes a time of its own as a person in the United States would.</summary>
    public static void Issued(this ILogger logger, string @namespace, string name, IssueTrigger trigger, string accessKeyId, DateTimeOffset expiresAt)
    {
        var until = Rfc3339.Format(expiresAt);
        IssuedLine(logger, @namespace, name, trigger, accessKeyId, until);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not issue credentials for {Namespace}/{Name}: {Code}: {Message}")]
    public static partial void IssuanceFailed(this ILogger logger, Exception? cause, string @namespace, string name, string code, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Namespace}/{Name} is now {Reason}: {Message}")]
    public static partial void ReasonChanged(this ILogger logger, string @namespace, string name, string reason, string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody else changes the status of {Namespace}/{Name}: it had to be written again, time {Count}, and will be less and less often. Is there a second operator?")]
    public static partial void StatusContested(this ILogger logger, string @namespace, string name, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API server refuses the status of {Namespace}/{Name}, which an Event has to tell: {Message}")]
    public static partial void StatusRefused(this ILogger logger, string @namespace, string name, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed Secret {Secret} of {Namespace}/{Name}")]
    public static partial void SecretRemoved(this ILogger logger, string @namespace, string name, string secret);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Reason} of {Namespace}/{Name} was not written: {Message}")]
    public static partial void EventNotWritten(this ILogger logger, string @namespace, string name, string reason, string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sessions of {Namespace} wait: the operator {Right} there. See that its Role and RoleBinding are as docs/install has them")]
    public static partial void RightMissing(this ILogger logger, string @namespace, string right);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sessions of {Namespace} wait no more: the operator has its rights there again")]
    public static partial void RightsRegained(this ILogger logger, string @namespace);

    [LoggerMessage(Level = LogLevel.Information, Message = "Upload Session Operator {Version} starts against {ApiServer} as {Identity}")]
    public static partial void Starting(this ILogger logger, string version, Uri apiServer, string identity);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The operator ends: {Message}")]
    public static partial void Ending(this ILogger logger, Exception? cause, string message);
}
