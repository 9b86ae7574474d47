namespace TestServers.Ceph;

/// <summary>One call that went through the relay.</summary>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Expiration">When the issued credentials expire, as the server itself said; null where it issued none.</param>
public sealed record StsCall(int Status, DateTimeOffset? Expiration);
