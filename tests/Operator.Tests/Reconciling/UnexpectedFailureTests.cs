using ControllerRuntime.Connection;
using UploadSessions.Operator.Reconciling;
using UploadSessions.Planning;
using UploadSessions.Rotation;

namespace Operator.Tests.Reconciling;

public sealed class UnexpectedFailureTests
{
    public static TheoryData<Exception, string, string> Failures => new()
    {
        { new ApiException(500, "InternalError", "QUOTED", null), "ApiServerFailed", "status 500" },
        { new ApiException(403, "Forbidden", "user x cannot get resource \"secrets\" in API group \"\" QUOTED", null), "ApiServerFailed", "cannot get resource \"secrets\"" },
        { new HttpRequestException("QUOTED"), "ApiServerFailed", "could not be asked" },
        { new TimeoutException("QUOTED"), "ApiServerFailed", "could not be asked" },
        { new InvalidOperationException("QUOTED"), "IssuanceFailed", "InvalidOperationException" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void The_status_tells_what_failed_and_nothing_that_it_failed_on(Exception failure, string code, string told)
    {
        var error = UnexpectedFailure.Tell(failure);
        (error.Reason, error.Kind, error.Code).ShouldBe((Reasons.Pending, FailureKind.Transient, code));
        error.Message.ShouldContain(told);
        error.Message.ShouldNotContain("QUOTED");
    }
}
