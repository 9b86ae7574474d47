namespace UploadSessions.Policy;

/// <summary>One key of a Condition block: an operator, a context key and the values it is compared with.</summary>
internal sealed class PolicyCondition
{
    private const string IfExists = "IfExists";

    private readonly string _key;
    private readonly bool _negated;
    private readonly bool _whenMissing;
    private readonly IReadOnlyList<ConditionTest> _tests;

    private PolicyCondition(string key, bool negated, bool whenMissing, IReadOnlyList<ConditionTest> tests)
    {
        _key = key;
        _negated = negated;
        _whenMissing = whenMissing;
        _tests = tests;
    }

    /// <summary>Reads a condition (IAM User Guide, "IAM JSON policy elements: Condition operators").</summary>
    /// <exception cref="PolicyFormatException">The operator is unknown, or a value is none that it can compare with.</exception>
    public static PolicyCondition Create(string operation, string key, IReadOnlyList<string> values)
    {
        var ifExists = operation.EndsWith(IfExists, StringComparison.Ordinal);
        var name = ifExists ? operation[..^IfExists.Length] : operation;
        var found = ConditionOperator.Find(name)
            ?? throw new PolicyFormatException($"the condition operator {operation} is not supported; supported are {ConditionOperator.Names}, also with {IfExists}");
        return new PolicyCondition(key, found.Negated, ifExists || found.Negated, [.. values.Select(found.Read)]);
    }

    /// <summary>Whether the request meets it: one of the values must fit, or none of them where the operator is negated.</summary>
    public bool Holds(AccessRequest request)
    {
        if (request.Find(_key) is not { } actual)
            return _whenMissing;
        var results = _tests.Select(test => test(actual, request)).ToArray();

        // A variable without a value makes the statement not apply at all, also under a negated operator.
        return !results.Contains(null) && results.Contains(true) != _negated;
    }
}
