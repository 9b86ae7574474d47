using UploadSessions.Rotation;

namespace UploadSessions.Planning;

/// <summary>An error of STS or of the write that follows, in the words of the status.</summary>
/// <param name="Reason">The reason of the Ready condition while nothing valid exists: one of <see cref="Reasons"/>.</param>
/// <param name="Kind">How to go on.</param>
/// <param name="Code">The error code, which is the reason of RenewalFailing.</param>
/// <param name="Message">A sentence for people. Never holds a secret.</param>
public sealed record IssuanceError(string Reason, FailureKind Kind, string Code, string Message);
