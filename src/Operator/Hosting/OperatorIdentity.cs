namespace UploadSessions.Operator.Hosting;

/// <summary>Names this process in Events and in the lease.</summary>
/// <param name="Instance">Host name and a random part.</param>
public sealed record OperatorIdentity(string Instance);
