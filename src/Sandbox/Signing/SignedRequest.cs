namespace Sandbox.Signing;

/// <summary>A request that proved to come from the holder of a key.</summary>
/// <param name="Credential">The key.</param>
/// <param name="Target">The target as sent.</param>
/// <param name="Payload">The body, decoded.</param>
public sealed record SignedRequest(SigningCredential Credential, RequestTarget Target, Payload Payload);
