using System.Text.Json.Nodes;

namespace Operator.Tests.Conformance;

/// <summary>The lines of a watch.</summary>
public sealed class WatchLines(HttpResponseMessage response) : IDisposable
{
    private readonly StreamReader _lines = new(response.Content.ReadAsStream());

    public int Status => (int)response.StatusCode;

    /// <summary>The next line; null at the clean end.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        return await _lines.ReadLineAsync(patience.Token) is { } line ? JsonNode.Parse(line) : null;
    }

    /// <summary>The next lines, each as <c>TYPE name@version</c>.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(int count)
    {
        var texts = new List<string>();
        for (var at = 0; at < count; at++)
            texts.Add(await NextAsync() is { } line ? $"{line["type"]} {line["object"]!["metadata"]!["name"]}@{line["object"]!["metadata"]!["resourceVersion"]}" : "END");
        return texts;
    }

    public void Dispose()
    {
        _lines.Dispose();
        response.Dispose();
    }
}
