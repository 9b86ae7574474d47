using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Operator.Tests.Chart.Rendering;

/// <summary>Draws a Grafana dashboard as SVG, plainly: its panels in their places, each with its title and what its expressions were.</summary>
internal sealed class DashboardPicture
{
    private const int Unit = 50;
    private const int RowHeight = 34;
    private const int Margin = 8;
    private const int LineHeight = 14;
    private static readonly string[] Colours = ["#56a64b", "#e0b400", "#e02f44", "#3274d9", "#a352cc", "#ff780a", "#37872d", "#8f3bb8"];

    private readonly StringBuilder _svg = new();
    private int _bottom;

    /// <summary>Adds a panel.</summary>
    /// <param name="panel">As the dashboard has it.</param>
    /// <param name="series">Its series by their labels: values at even distances in time.</param>
    public void Add(JsonNode panel, IReadOnlyDictionary<string, IReadOnlyList<double>> series)
    {
        var place = panel["gridPos"]!;
        var (x, y, width, height) = (Grid(place["x"], Unit), Grid(place["y"], RowHeight), Grid(place["w"], Unit), Grid(place["h"], RowHeight));
        _bottom = Math.Max(_bottom, y + height);
        Write($"<g transform='translate({x},{y})'><rect width='{width - 4}' height='{height - 4}' fill='#fff' stroke='#ccc'/>");
        Text(Margin, LineHeight + 2, 12, "#222", panel["title"]!.GetValue<string>());
        if (panel["type"]!.GetValue<string>() == "stat")
            Text(Margin, height - 30, 28, Colours[0], string.Join("  ", series.Values.Select(values => Number(values[^1]))));
        else
            Draw(series, width, height);
        Write("</g>");
    }

    /// <summary>All of it.</summary>
    public string Svg() => $"<svg xmlns='http://www.w3.org/2000/svg' width='{24 * Unit}' height='{_bottom}' font-family='sans-serif'><rect width='100%' height='100%' fill='#f4f5f5'/>{_svg}</svg>";

    private void Draw(IReadOnlyDictionary<string, IReadOnlyList<double>> series, int width, int height)
    {
        var finite = series.Values.SelectMany(values => values).Where(double.IsFinite).DefaultIfEmpty(1).ToList();
        var (low, high) = (Math.Min(0, finite.Min()), Math.Max(finite.Max(), 1e-9));
        var (top, floor) = (30, height - 20 - (LineHeight * Math.Min(series.Count, 4)));
        Text(Margin, 28, 9, "#888", Number(high));
        foreach (var ((labels, values), index) in series.Select((one, index) => (one, index)))
        {
            var points = values.Select((value, at) => (value, at)).Where(point => double.IsFinite(point.value))
                .Select(point => string.Create(CultureInfo.InvariantCulture, $"{Margin + ((width - 24.0) * point.at / Math.Max(1, values.Count - 1)):0.#},{floor - ((floor - top) * (point.value - low) / (high - low)):0.#}"));
            Write($"<polyline fill='none' stroke='{Colours[index % Colours.Length]}' stroke-width='1.5' points='{string.Join(' ', points)}'/>");
            if (index < 4)
                Text(Margin, floor + (LineHeight * (index + 1)), 10, Colours[index % Colours.Length], $"{labels}  {Number(values[^1])}");
        }
    }

    private void Text(int x, int y, int size, string colour, string text) =>
        Write($"<text x='{x}' y='{y}' font-size='{size}' fill='{colour}'>{WebUtility.HtmlEncode(text)}</text>");

    private void Write(FormattableString markup) => _svg.Append(markup.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Write(string markup) => _svg.Append(markup).Append('\n');

    private static int Grid(JsonNode? cells, int unit) => cells!.GetValue<int>() * unit;

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
