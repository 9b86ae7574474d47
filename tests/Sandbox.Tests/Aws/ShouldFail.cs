using System.Net;
using Amazon.Runtime;

namespace Sandbox.Tests.Aws;

/// <summary>Asserts on the errors that the SDK reports.</summary>
internal static class ShouldFail
{
    public static async Task<AmazonServiceException> ShouldFailWith(this Task call, string code, HttpStatusCode? status = null)
    {
        var failure = await Should.ThrowAsync<AmazonServiceException>(() => call);
        failure.ErrorCode.ShouldBe(code, failure.Message);
        if (status is not null)
            failure.StatusCode.ShouldBe(status.Value);
        return failure;
    }
}
