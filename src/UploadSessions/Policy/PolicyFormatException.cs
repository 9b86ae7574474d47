namespace UploadSessions.Policy;

/// <summary>A policy document that cannot be read. The message says what is wrong and where, such as <c>Statement[1].Condition</c>.</summary>
public sealed class PolicyFormatException : Exception
{
    /// <summary>Without a message.</summary>
    public PolicyFormatException()
    {
    }

    /// <summary>With what is wrong.</summary>
    public PolicyFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and what it follows from.</summary>
    public PolicyFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
