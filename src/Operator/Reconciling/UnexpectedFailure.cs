using ControllerRuntime.Connection;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Rotation;

namespace UploadSessions.Operator.Reconciling;

/// <summary>Words for the status where an issuance ended in an exception. Nothing of its message is repeated: it may quote what it failed on. The log has it.</summary>
public static class UnexpectedFailure
{
    private const string ApiServer = "ApiServerFailed";
    private const string Other = "IssuanceFailed";

    /// <summary>The failure in the words of the status.</summary>
    public static IssuanceError Tell(Exception failure) => failure switch
    {
        ApiException refused when MissingRight.Of(refused) is { } right => Error(ApiServer, $"the operator {right}: see that its roles are as docs/install has them"),
        ApiException refused => Error(ApiServer, $"the API server answered a request of the operator with status {refused.StatusCode}: the operator's log tells more"),
        HttpRequestException or IOException or TimeoutException => Error(ApiServer, "the API server could not be asked: the operator's log tells more"),
        _ => Error(Other, $"the operator failed with {failure.GetType().Name}: its log tells more"),
    };

    private static IssuanceError Error(string code, string message) => new(Reasons.Pending, FailureKind.Transient, code, message);
}
