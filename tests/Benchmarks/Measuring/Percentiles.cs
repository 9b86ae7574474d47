namespace Benchmarks.Measuring;

/// <summary>Percentiles and medians of small samples.</summary>
public static class Percentiles
{
    /// <summary>The smallest value that at least this share of the values do not exceed (nearest rank); NaN of nothing.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="share">Above 0, up to 1.</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    /// <summary>The middle value, or the mean of the two in the middle; NaN of nothing.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
