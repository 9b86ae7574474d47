namespace Operator.Tests.Hostile;

/// <summary>Anybody may write the managedFields of an object of theirs, in any shape; the API server stores them.</summary>
internal static class DeepFields
{
    private const int Depth = 100;

    /// <summary>A merge patch that nests them beyond what JSON readers take by default.</summary>
    public static string Patch(string apiVersion)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"f:a\":", Depth)) + "{}" + new string('}', Depth);
        return $$$"""
            {"metadata":{"managedFields":[{"manager":"x","operation":"Update","apiVersion":"{{{apiVersion}}}","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{{{nested}}}}]}}
            """;
    }
}
