using System.Net;
using Amazon.Runtime;

namespace EndToEnd.Tests.Running;

/// <summary>What comes of requests.</summary>
public static class Attempt
{
    /// <summary>Tries something and tells what came of it.</summary>
    /// <returns>OK; Denied for a 403, whatever its code; else status and code.</returns>
    public static async Task<string> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return "OK";
        }
        catch (AmazonServiceException refused)
        {
            return refused.StatusCode == HttpStatusCode.Forbidden ? "Denied" : $"{(int)refused.StatusCode} {refused.ErrorCode}";
        }
    }
}
