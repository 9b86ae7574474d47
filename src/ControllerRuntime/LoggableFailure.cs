using k8s.Autorest;

namespace ControllerRuntime;

/// <summary>Keeps HTTP bodies out of the log: KubernetesClient's exception quotes the bodies of request and response in its message, and one may be a Secret.</summary>
public static class LoggableFailure
{
    /// <summary>The failure itself, or where it carries bodies, anywhere in its chain, a stand-in that tells only the status.</summary>
    public static Exception Of(Exception failure) =>
        Chain(failure).OfType<HttpOperationException>().FirstOrDefault() is { } carrier
            ? new InvalidOperationException($"{nameof(HttpOperationException)}: the API server answered {(int?)carrier.Response?.StatusCode}.")
            : failure;

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        IEnumerable<Exception> inner = failure is AggregateException many ? many.InnerExceptions
            : failure.InnerException is { } one ? [one]
            : [];
        return inner.SelectMany(Chain).Prepend(failure);
    }
}
