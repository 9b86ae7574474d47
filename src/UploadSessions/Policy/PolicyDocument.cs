namespace UploadSessions.Policy;

/// <summary>An identity or session policy that was read and checked: the part of IAM's language that allows and denies actions on resources under conditions.</summary>
public sealed class PolicyDocument
{
    internal PolicyDocument(IReadOnlyList<PolicyStatement> statements) => Statements = statements;

    /// <summary>The statements in the order of the document.</summary>
    public IReadOnlyList<PolicyStatement> Statements { get; }

    /// <summary>Reads a policy document (IAM User Guide, "Grammar of the IAM JSON policy language").</summary>
    /// <exception cref="PolicyFormatException">The text is no JSON, lacks a required element, or uses an element, operator or variable that is not supported.</exception>
    public static PolicyDocument Parse(string json) => PolicyParser.Parse(json);
}
