namespace Sandbox.Aws.Faults;

/// <summary>Carries calls out with whatever fault befalls them.</summary>
internal sealed class FaultyCall(FaultInjector faults, TimeProvider time)
{
    /// <summary>Runs a call that answers by itself.</summary>
    /// <returns>False if the connection is to be cut without carrying the call out: the caller does that once it has noted the call.</returns>
    /// <exception cref="AwsException">The fault is an error answer.</exception>
    public async Task<bool> RunAsync(AwsCall call, HttpContext http, Func<Task> carryOut)
    {
        switch (faults.For(call))
        {
            case Fault.Answer answer:
                throw new AwsException(answer.Status, answer.Code, answer.Message);
            case Fault.Drop:
                return false;
            case Fault.LoseAnswer:
                http.Response.Body = Stream.Null;
                await carryOut();
                http.Abort();
                return true;
            case Fault.Delay delay:
                await Task.Delay(delay.By, time, http.RequestAborted);
                break;
        }

        await carryOut();
        return true;
    }
}
