using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using k8s;
using TestServers.Kubernetes;
using UploadSessions.Credentials;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Benchmarks.Servers;

/// <summary>The process that sends what the operator sends, from bodies made beforehand, and throws the answers away.</summary>
public sealed class RawClient : IDisposable
{
    /// <summary>The command that runs it.</summary>
    public const string Verb = "raw-client";

    private const string Sessions = "/apis/uploadsession.io/v1alpha1/uploadsessions";
    private const string Apply = "?fieldManager=upload-session-operator&force=true";
    private const string Rehearsed = "&dryRun=All";
    private const int Rehearsals = 300;
    private const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private readonly HttpClient _api;
    private readonly HttpClient _sts;

    private RawClient(KubernetesClientConfiguration server, Uri sts)
    {
        _api = new HttpClient(TrustingHandler.Of(server.SslCaCerts[0])) { BaseAddress = new(server.Host), DefaultRequestVersion = HttpVersion.Version20, Timeout = Timeout.InfiniteTimeSpan };
        _api.DefaultRequestHeaders.Authorization = new("Bearer", server.AccessToken);
        _sts = new HttpClient { BaseAddress = sts };
    }

    /// <summary>Sends some requests that change nothing, so that it has compiled what it runs, and says that it is ready; sends everything once, on a SIGHUP.</summary>
    public static async Task RunAsync(string kubeconfig, Uri sts, int workers, CancellationToken cancellationToken)
    {
        using var client = new RawClient(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig), sts);
        Work[] all = [.. (await client.ListAsync(cancellationToken)).Select(Work.Of)];
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] watches =
        [
            client.WatchAsync(Sessions, "application/json", watching.Token),
            client.WatchAsync("/api/v1/secrets", Metadata, watching.Token),
        ];
        await client.SendAsync(all.Take(Rehearsals), workers, Apply + Rehearsed, cancellationToken);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            told.TrySetResult();
        });
        Console.WriteLine("ready");
        await told.Task.WaitAsync(cancellationToken);
        await client.SendAsync(all, workers, Apply, cancellationToken);
        Console.WriteLine("done");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        await Task.WhenAll(watches);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _api.Dispose();
        _sts.Dispose();
    }

    private async Task<IReadOnlyList<UploadSession>> ListAsync(CancellationToken cancellationToken)
    {
        using var list = JsonDocument.Parse(await _api.GetByteArrayAsync(Sessions, cancellationToken));
        return [.. list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.Deserialize(ResourceJson.Default.UploadSession)!)];
    }

    private async Task WatchAsync(string path, string accept, CancellationToken cancellationToken)
    {
        var selector = path == Sessions ? "" : "&labelSelector=uploadsession.io%2Fmanaged%3Dtrue";
        using var request = Request(HttpMethod.Get, $"{path}?watch=true&allowWatchBookmarks=true{selector}", accept);
        using var answer = await _api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await body.CopyToAsync(Stream.Null, cancellationToken);
    }

    private async Task SendAsync(IEnumerable<Work> works, int workers, string apply, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateUnbounded<Work>();
        foreach (var work in works)
            queue.Writer.TryWrite(work);
        queue.Writer.Complete();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(queue.Reader, apply, cancellationToken)));
    }

    private async Task WorkAsync(ChannelReader<Work> queue, string apply, CancellationToken cancellationToken)
    {
        await foreach (var work in queue.ReadAllAsync(cancellationToken))
        {
            using (var look = Request(HttpMethod.Get, work.SecretPath, Metadata))
                await SendAsync(_api, look, HttpStatusCode.NotFound, cancellationToken);
            using (var assume = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent(work.AssumeRole) })
                await SendAsync(_sts, assume, HttpStatusCode.OK, cancellationToken);
            using (var secret = Request(HttpMethod.Patch, work.SecretPath + apply, Metadata, work.Secret))
                await SendAsync(_api, secret, HttpStatusCode.Created, cancellationToken);
            using (var status = Request(HttpMethod.Patch, work.StatusPath + apply, "application/json", work.Status))
                await SendAsync(_api, status, HttpStatusCode.OK, cancellationToken);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string accept, ReadOnlyMemory<byte>? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Version = HttpVersion.Version20 };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is { } bytes)
            request.Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml") } };
        return request;
    }

    private static async Task SendAsync(HttpClient client, HttpRequestMessage request, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.StatusCode != expected)
            throw new HttpRequestException($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>The requests of one issuance.</summary>
    private sealed record Work(string SecretPath, string StatusPath, ReadOnlyMemory<byte> Secret, ReadOnlyMemory<byte> Status, IReadOnlyDictionary<string, string> AssumeRole)
    {
        private static readonly string Token = string.Concat(Enumerable.Repeat("IQoJb3JpZ2luX2VjEXAMPLEETOKEN+/=", 26));

        public static Work Of(UploadSession session)
        {
            var (ns, name) = (session.Metadata.Namespace, session.Metadata.Name);
            var terms = SpecReader.Read(session, new SpecDefaults("us-east-1", null, null)).Terms!;
            var now = Rfc3339WholeSeconds();
            var credentials = new IssuedCredentials { AccessKeyId = "ASIAEXAMPLEEXAMPLE00", SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", SessionToken = Token, IssuedAt = now, ExpiresAt = now.AddHours(1) };
            var policy = UploadSessions.Policy.PolicyRenderer.Render(terms);
            var facts = new CredentialFacts(credentials.AccessKeyId, now, credentials.ExpiresAt, policy.Sha256, null);
            var status = new UploadSessionStatus
            {
                ObservedGeneration = session.Metadata.Generation,
                SecretName = name,
                Grant = "everybody",
                AccessKeyId = credentials.AccessKeyId,
                AssumedRoleArn = $"arn:aws:sts::123456789012:assumed-role/uploads/{ns}.{name}",
                IssuedAt = now,
                ExpiresAt = credentials.ExpiresAt,
                RenewAt = now.AddMinutes(38),
                Rotations = 0,
                Policy = new PolicyStatus { Sha256 = policy.Sha256, PackedPercent = 12 },
                Conditions = [new Condition { Type = "Ready", Status = "True", Reason = "Issued", Message = $"the credentials in Secret {name} are valid until {credentials.ExpiresAt:O}", ObservedGeneration = session.Metadata.Generation, LastTransitionTime = now }],
            };
            return new(
                $"/api/v1/namespaces/{ns}/secrets/{name}",
                $"/apis/uploadsession.io/v1alpha1/namespaces/{ns}/uploadsessions/{name}/status",
                SecretApply.Body(session, name, observed: null, facts, SecretContent.Build(credentials, terms)),
                StatusBody.Apply(session, status),
                new Dictionary<string, string> { ["Action"] = "AssumeRole", ["Version"] = "2011-06-15", ["RoleArn"] = terms.Role.Value, ["RoleSessionName"] = $"{ns}.{name}", ["DurationSeconds"] = "3600", ["Policy"] = policy.Json });
        }

        private static DateTimeOffset Rfc3339WholeSeconds() => UploadSessions.Rfc3339.WholeSeconds(TimeProvider.System.GetUtcNow());
    }
}
