using System.Collections.Immutable;

namespace Sandbox.Aws.Faults;

/// <summary>Lets tests make calls fail.</summary>
public sealed class FaultInjector
{
    private ImmutableList<Func<AwsCall, Fault?>> _interceptors = [];

    /// <summary>Asks this function about every call from now on; the first interceptor that names a fault decides.</summary>
    /// <param name="interceptor">The fault, or null to let the call pass. Called from many threads.</param>
    /// <returns>Ends the interception when disposed.</returns>
    public IDisposable Intercept(Func<AwsCall, Fault?> interceptor)
    {
        ImmutableInterlocked.Update(ref _interceptors, list => list.Add(interceptor));
        return new Interception(() => ImmutableInterlocked.Update(ref _interceptors, list => list.Remove(interceptor)));
    }

    /// <summary>The fault that befalls a call, if any.</summary>
    internal Fault? For(AwsCall call)
    {
        foreach (var interceptor in _interceptors)
        {
            if (interceptor(call) is { } fault)
                return fault;
        }

        return null;
    }

    private sealed class Interception(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
