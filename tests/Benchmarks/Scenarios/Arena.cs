using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>Where a scenario plays: fresh servers, an operator's build, and so many sessions.</summary>
/// <param name="server">The API server.</param>
/// <param name="sts">The STS stub.</param>
/// <param name="build">The build of the operator; null where none takes part.</param>
/// <param name="sessions">How many sessions the scenario is about.</param>
/// <param name="settings">How operators are run.</param>
/// <param name="progress">Told what is going on.</param>
public sealed class Arena(BenchServer server, BenchSts sts, OperatorBuild? build, int sessions, OperatorSettings settings, Action<string> progress)
{
    private const int Namespaces = 20;
    private const int Parallel = 16;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>The API server.</summary>
    public BenchServer Server => server;

    /// <summary>The STS stub.</summary>
    public BenchSts Sts => sts;

    /// <summary>How many sessions the scenario is about.</summary>
    public int Sessions => sessions;

    /// <summary>How operators are run.</summary>
    public OperatorSettings Settings => settings;

    /// <summary>What a measurement is of.</summary>
    public Subject Subject(string act) => new(act, server.Name, build?.Name ?? Report.Subject.Raw, sessions);

    /// <summary>Starts the operator.</summary>
    public OperatorRun StartOperator(params string[] flags) =>
        OperatorRun.Start(build ?? throw new InvalidOperationException("this arena has no operator"), server, sts, settings with { Flags = [.. flags, .. settings.Flags] });

    /// <summary>Creates the sessions, spread over namespaces as teams would have them, and the grant that allows them.</summary>
    public async Task PopulateAsync(CancellationToken cancellationToken)
    {
        progress($"creating {sessions} sessions");
        await CreateGrantAsync(cancellationToken);
        await CreateNamespacesAsync(Enumerable.Range(0, Namespaces).Select(NamespaceOf), cancellationToken);
        await CreateSessionsAsync(Enumerable.Range(0, sessions).Select(number => (NamespaceOf(number), NameOf(number))), cancellationToken);
    }

    /// <summary>Creates a grant for every namespace.</summary>
    public Task CreateGrantAsync(CancellationToken cancellationToken) => PostAsync("/apis/uploadsession.io/v1alpha1/uploadgrants", """
        {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadGrant","metadata":{"name":"everybody"},"spec":{
          "namespaces":{"selector":{"matchExpressions":[{"key":"team","operator":"Exists"}]}},
          "roleArns":["arn:aws:iam::123456789012:role/uploads"],
          "targets":[{"bucket":"landing","prefix":"exports/","access":["Upload","List"]}],
          "maxDuration":"1h"}}
        """, cancellationToken);

    /// <summary>Creates namespaces.</summary>
    public async Task CreateNamespacesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
            await PostAsync("/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}","labels":{"team":"{{{name}}}" } } }""", cancellationToken);
    }

    /// <summary>Creates sessions, as fast as the server takes them.</summary>
    public Task CreateSessionsAsync(IEnumerable<(string Namespace, string Name)> named, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Parallel.ForEachAsync(named, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (session, token) =>
            await PostAsync(
                $"/apis/uploadsession.io/v1alpha1/namespaces/{session.Namespace}/uploadsessions",
                $$$"""
                {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","metadata":{"name":"{{{session.Name}}}","namespace":"{{{session.Namespace}}}"},"spec":{
                  "roleArn":"arn:aws:iam::123456789012:role/uploads","bucket":"landing","prefix":"exports/{{{session.Namespace}}}/{{{session.Name}}}/"}}
                """,
                token));

    /// <summary>Deletes what is there.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await server.Client.DeleteAsync(path, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The namespace of the session of that number.</summary>
    public static string NamespaceOf(int number) => string.Create(CultureInfo.InvariantCulture, $"team-{number % Namespaces:D2}");

    /// <summary>The name of the session of that number.</summary>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"nightly-export-{number:D5}");

    /// <summary>Waits until the observer has seen so many issuances, and says how it goes.</summary>
    /// <exception cref="TimeoutException">There was none for a minute.</exception>
    public async Task ReachAsync(SessionObserver observer, int count, OperatorRun? run, string act, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromMinutes(1);
        var (before, since) = (-1, TimeProvider.System.GetUtcNow());
        while (observer.Count < count)
        {
            run?.ThrowIfEnded();
            var (now, at) = (observer.Count, TimeProvider.System.GetUtcNow());
            if (now != before)
                (before, since) = (now, at);
            if (at - since > patience)
                throw new TimeoutException($"{act}: {now} of {count} issuances, and none for a minute");
            progress(string.Create(CultureInfo.InvariantCulture, $"{act}: {now:N0} of {count:N0} issued"));
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits.</summary>
    public async Task WaitAsync(TimeSpan time, string why, CancellationToken cancellationToken)
    {
        progress($"{why} ({time.TotalSeconds:0} s)");
        await Task.Delay(time, TimeProvider.System, cancellationToken);
    }

    private async Task PostAsync(string path, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await server.Client.PostAsync(path, content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}

/// <summary>How operators are run.</summary>
/// <param name="Flags">Flags of <c>run</c> beside those that every scenario gives.</param>
/// <param name="Environment">Variables.</param>
/// <param name="Workers">What <c>--workers</c> is: so many requests are under way at once, with an operator or without.</param>
/// <param name="Prefix">What stands before the command.</param>
public sealed record OperatorSettings(IReadOnlyList<string> Flags, IReadOnlyDictionary<string, string> Environment, int Workers, IReadOnlyList<string> Prefix);
