using System.Security.Cryptography.X509Certificates;

namespace TestServers.Kubernetes;

/// <summary>A Kubernetes API server under test: the same tests run against every one.</summary>
public interface IApiServer
{
    /// <summary>What the tier is called in reports.</summary>
    string Name { get; }

    /// <summary>Why it cannot be had here; null where it runs.</summary>
    string? Missing { get; }

    /// <summary>Its address.</summary>
    Uri Address { get; }

    /// <summary>A handler that trusts it.</summary>
    HttpMessageHandler CreateHandler();

    /// <summary>Who signed its certificate.</summary>
    X509Certificate2 Authority { get; }

    /// <summary>A bearer token with all rights.</summary>
    string AdminToken { get; }

    /// <summary>Whether it refuses what no role allows: then operators run under their own ServiceAccount.</summary>
    bool EnforcesRbac { get; }

    /// <summary>Whether something deletes the objects whose owner is gone.</summary>
    bool CollectsGarbage { get; }
}

public static class ApiServerRequirement
{
    /// <summary>Skips the test, with the server's name, where the server cannot be had; on CI that is a failure.</summary>
    public static void Require(this IApiServer server)
    {
        if (server.Missing is not { } missing)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{server.Name}: {missing}");
        Assert.Skip($"{server.Name}: {missing}");
    }

    /// <summary>Skips the test on a server that runs without the controllers of Kubernetes, as setup-envtest's does.</summary>
    public static void RequireGarbageCollection(this IApiServer server)
    {
        server.Require();
        Assert.SkipUnless(server.CollectsGarbage, $"{server.Name}: no kube-controller-manager beside it (`make envtest` builds one)");
    }
}
