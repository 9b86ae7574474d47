namespace TestServers.Running;

/// <summary>Programs that some tests need and not every machine has.</summary>
public static class Tools
{
    /// <summary>Skips the test, with the reason, where something is missing; on CI that is a failure.</summary>
    /// <param name="isThere">Whether it is there.</param>
    /// <param name="missing">What is missing, and how to get it.</param>
    public static void Require(bool isThere, string missing)
    {
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(missing);
        Assert.SkipUnless(isThere, missing);
    }

    /// <summary>Whether a program is on the PATH.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
