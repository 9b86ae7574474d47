namespace Sandbox.Aws;

/// <summary>An error as an AWS service words it. The message goes to the client and holds no secret.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">AWS's error code.</param>
/// <param name="message">AWS's message.</param>
public sealed class AwsException(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>AWS's error code.</summary>
    public string Code { get; } = code;
}
