namespace Operator.Tests.Lifecycle;

/// <summary>What somebody else keeps changing is repaired at a distance.</summary>
internal static class Repairs
{
    private static readonly TimeSpan ShortestDistance = TimeSpan.FromSeconds(5);

    /// <summary>How many can follow the first in a time.</summary>
    public static int MostIn(TimeSpan time) => (int)(time / ShortestDistance);
}
