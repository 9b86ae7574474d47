using UploadSessions.Credentials;
using UploadSessions.Planning;

namespace UploadSessions.Operator.Sts;

/// <summary>What came of a call: credentials or an error.</summary>
/// <param name="Credentials">The credentials, if STS gave some.</param>
/// <param name="Error">The error, if not.</param>
/// <param name="Outage">The outage of the STS that the error belongs to (<see cref="StsCircuits.IsOver"/>); null: none.</param>
public readonly record struct StsOutcome(IssuedCredentials? Credentials, IssuanceError? Error, long? Outage = null);
