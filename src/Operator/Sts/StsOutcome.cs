using UploadSessions.Credentials;
using UploadSessions.Planning;

namespace UploadSessions.Operator.Sts;

/// <summary>What came of a call: one of the two is set.</summary>
/// <param name="Credentials">The credentials, if STS gave some.</param>
/// <param name="Error">The error, if not.</param>
public readonly record struct StsOutcome(IssuedCredentials? Credentials, IssuanceError? Error);
