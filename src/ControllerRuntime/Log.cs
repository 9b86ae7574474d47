using Microsoft.Extensions.Logging;

namespace ControllerRuntime;

/// <summary>Every message of this project. None takes a request, a response or an object: those may hold secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Controller {Controller} runs with {Workers} workers.")]
    public static partial void ControllerStarted(ILogger logger, string controller, int workers);

    [LoggerMessage(Level = LogLevel.Information, Message = "Controller {Controller} has stopped.")]
    public static partial void ControllerStopped(ILogger logger, string controller);

    [LoggerMessage(Message = "Controller {Controller} failed at {Key} and tries again in {Seconds:0.###} s.")]
    public static partial void ReconcileFailed(ILogger logger, LogLevel level, string controller, ObjectKey key, double seconds, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Controller {Controller} was stopped while it worked on {Key}.")]
    public static partial void ReconcileCancelled(ILogger logger, string controller, ObjectKey key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate of the API server {Host} is not verified, as the kubeconfig asks (insecure-skip-tls-verify).")]
    public static partial void ServerNotVerified(ILogger logger, string host);

    [LoggerMessage(Level = LogLevel.Information, Message = "Listed {Count} {Resource} at version {Version}.")]
    public static partial void Listed(ILogger logger, string resource, int count, string version);

    [LoggerMessage(Level = LogLevel.Error, Message = "Skipped {Key} of {Resource}: it could not be parsed.")]
    public static partial void ObjectUnreadable(ILogger logger, string resource, ObjectKey key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Watching {Resource} failed and goes on in {Seconds:0.#} s: {Failure}")]
    public static partial void ReflectorFailed(ILogger logger, string resource, string failure, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Watching {Resource} works again; attempts that failed: {Failures}.")]
    public static partial void ReflectorRecovered(ILogger logger, string resource, int failures);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} leads: it holds the lease {Lease}.")]
    public static partial void LeadershipAcquired(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} released the lease {Lease}.")]
    public static partial void LeadershipReleased(ILogger logger, string identity, string lease);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease {Lease} could not be read or written: {Failure}")]
    public static partial void LeaseAttemptFailed(ILogger logger, string lease, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Every cache is complete.")]
    public static partial void CachesSynced(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Every cache is complete but those that the API server refuses: {Refused}.")]
    public static partial void CachesSettled(ILogger logger, string refused);
}
