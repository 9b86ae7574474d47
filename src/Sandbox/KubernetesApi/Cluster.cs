using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.BuiltIns;
using Sandbox.KubernetesApi.CustomResources;
using Sandbox.KubernetesApi.Discovery;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Housekeeping;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Patching;
using Sandbox.KubernetesApi.Reading;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;
using Sandbox.KubernetesApi.Tokens;
using Sandbox.KubernetesApi.Watching;
using Sandbox.KubernetesApi.Writing;

namespace Sandbox.KubernetesApi;

/// <summary>Everything behind the HTTP server: what outlives its restarts.</summary>
internal sealed class Cluster : IDisposable
{
    private static readonly TimeSpan KubeconfigTokenLifetime = TimeSpan.FromDays(365);
    private static readonly string[] FirstNamespaces = ["default", "kube-system"];

    private readonly KubernetesApiOptions _options;
    private readonly ObjectStore _store;
    private readonly ResourceRegistry _registry = new(BuiltInTypes.All());
    private readonly PagedSnapshots _pages = new();
    private readonly ObjectWriter _writer;
    private readonly Deleter _deleter;
    private readonly Housekeeper _housekeeper;
    private CancellationTokenSource _serving = new();

    public Cluster(KubernetesApiOptions options)
    {
        _options = options;
        _store = new(options.WatchHistory);
        _writer = new(_store, new NamespaceGuard(_store), options.TimeProvider);
        var dependents = new Dependents(_store, _registry);
        _deleter = new(_store, dependents, options.TimeProvider);
        _housekeeper = new(_store, _registry, dependents, new DefinitionInstaller(_registry, _store), _deleter, _writer);
        _store.Observe(_housekeeper.Note);
        Issuer = new(options.TimeProvider);
        Authenticator = new(Issuer, _store);
        Faults = new(ForgetHistory);
        Seed();
    }

    public TokenIssuer Issuer { get; }

    public Authenticator Authenticator { get; }

    public FaultPlan Faults { get; }

    public Task KeepHouseAsync(CancellationToken cancellationToken) => Task.Run(() => _housekeeper.RunAsync(cancellationToken), cancellationToken);

    /// <summary>The pipeline of one run of the HTTP server.</summary>
    public ApiPipeline CreatePipeline(RequestLog log)
    {
        var time = _options.TimeProvider;
        _serving = new();
        var resources = new ResourceEndpoint(
            new Reader(_store, _pages, time),
            new Watcher(_store, Faults, _options, _serving.Token),
            new Editor(_writer, time),
            new Patcher(_writer, time),
            _deleter,
            new TokenRequests(_store, Issuer, time));
        var endpoints = new Endpoints(new DiscoveryDocuments(_registry), new OpenApiV2(_registry), new OpenApiV3(_registry), Issuer);
        return new(Authenticator, _registry, endpoints, resources, Faults, log, time);
    }

    /// <summary>Ends the watches of the present run, so that its server can stop.</summary>
    public void EndWatches() => _serving.Cancel();

    /// <summary>A token of a ServiceAccount, which is made where it is missing.</summary>
    public string TokenFor(string ns, string name)
    {
        var type = _registry.Get("", "serviceaccounts");
        try
        {
            var (account, _) = _writer.Update(new(type, ns), name, before => before ?? New("v1", "ServiceAccount", name), createIfAbsent: true);
            return Issuer.Issue(new(ns, name, account.Uid), [TokenIssuer.Issuer], _options.TimeProvider.GetUtcNow() + KubeconfigTokenLifetime);
        }
        catch (ApiException error)
        {
            throw new ArgumentException(error.Message, nameof(ns), error);
        }
    }

    public void Dispose()
    {
        _serving.Dispose();
        Issuer.Dispose();
    }

    private void ForgetHistory()
    {
        _pages.Forget();
        _store.ForgetHistory();
    }

    private void Seed()
    {
        foreach (var ns in FirstNamespaces)
        {
            _writer.Create(new(_registry.Get("", NamespaceGuard.Namespaces), ""), New("v1", "Namespace", ns));
        }

        foreach (var definition in _options.CustomResourceDefinitions.SelectMany(YamlText.ParseAll).OfType<JsonObject>())
        {
            _writer.Create(new(_registry.Get(DefinitionRules.Group, DefinitionRules.Plural), ""), definition);
        }
    }

    private static JsonObject New(string apiVersion, string kind, string name) =>
        new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name } };
}
