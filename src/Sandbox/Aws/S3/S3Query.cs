namespace Sandbox.Aws.S3;

/// <summary>A request's query parameters by name.</summary>
internal sealed class S3Query(IEnumerable<KeyValuePair<string, string>> parameters)
{
    private readonly ILookup<string, string> _values = parameters.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The first value; null if the parameter is absent.</summary>
    public string? this[string name] => _values[name].FirstOrDefault();

    /// <summary>Whether the parameter is there, with or without a value.</summary>
    public bool Has(string name) => _values.Contains(name);

    /// <summary>A whole number within bounds, or the default.</summary>
    /// <exception cref="AwsException">InvalidArgument: not a number, or below the minimum.</exception>
    public int Number(string name, int otherwise, int min, int max)
    {
        if (this[name] is not { Length: > 0 } text)
            return otherwise;
        return int.TryParse(text, out var number) && number >= min
            ? Math.Min(number, max)
            : throw new AwsException(400, "InvalidArgument", $"Provided {name} not an integer or within integer range");
    }
}
