using System.Text.Json.Nodes;
using Operator.Tests.Running;
using UploadSessions;
using UploadSessions.Resources;

namespace Operator.Tests.Hostile;

/// <summary>Secrets of others that look like ours in every way but one: none of them is controlled by the session that asks for it.</summary>
internal sealed class ForeignSecrets
{
    /// <summary>What the names of all begin with.</summary>
    public const string Prefix = "foreign-";

    /// <summary>A session that is served, and its Secret.</summary>
    public const string Victim = Prefix + "victim";

    private readonly Scene _scene;
    private readonly Dictionary<string, string> _before = [];

    private ForeignSecrets(Scene scene) => _scene = scene;

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => _before.Keys;

    /// <summary>Creates them, and takes note of every byte of them.</summary>
    public static async Task<ForeignSecrets> CreateAsync(Scene scene)
    {
        var foreign = new ForeignSecrets(scene);
        await scene.CreateAsync(Victim);
        var hash = (await foreign.OfVictimAsync())["metadata"]!["annotations"]![Annotations.InputHash]!.GetValue<string>();
        var victim = (await scene.Cluster.SessionAsync(scene.Namespace, Victim))!["metadata"]!["uid"]!.GetValue<string>();
        var session = Owner(UploadSession.Group + "/v1alpha1", UploadSession.KindName, Victim, victim);
        var plain = await foreign.AddAsync("plain", new JsonObject());
        var self = Owner("v1", "Secret", Prefix + "plain", plain);
        await foreign.AddAsync("labelled", Labelled());
        await foreign.AddAsync("annotated", Annotated(hash));
        await foreign.AddAsync("session", Owned(Annotated(hash), session));
        await foreign.AddAsync("owned", Owned(Annotated(hash), session, controller: null));
        await foreign.AddAsync("kind", Owned(Annotated(hash), self));
        await foreign.AddAsync("group", Owned(Annotated(hash), Owner("uploadsession.io.example/v1", UploadSession.KindName, Victim, victim)));
        await foreign.AddAsync("tls", Labelled(), """{"type":"kubernetes.io/tls","data":{"tls.crt":"eA==","tls.key":"eA=="}}""");
        await foreign.AddAsync("immutable", Labelled(), """{"immutable":true,"data":{"keep":"eA=="}}""");
        foreign._before[Victim] = (await foreign.OfVictimAsync()).ToJsonString();
        return foreign;
    }

    /// <summary>Every byte of them is as it was: their data, their metadata, their versions.</summary>
    public async Task ShouldBeUntouchedAsync()
    {
        foreach (var (name, before) in _before)
            (await _scene.SecretAsync(name))!.ToJsonString().ShouldBe(before, name);
    }

    private Task<JsonNode> OfVictimAsync() => Eventually.GetAsync(
        async () => (await _scene.Cluster.SessionAsync(_scene.Namespace, Victim))?["status"]?["accessKeyId"] is null ? null : await _scene.SecretAsync(Victim),
        "the victim is served");

    private async Task<string> AddAsync(string name, JsonObject metadata, string rest = """{"data":{"keep":"eA=="}}""")
    {
        metadata["name"] = Prefix + name;
        var secret = (JsonObject)JsonNode.Parse(rest)!;
        (secret["apiVersion"], secret["kind"], secret["metadata"]) = ("v1", "Secret", metadata);
        var created = await _scene.Cluster.CreateSecretAsync(_scene.Namespace, secret.ToJsonString());
        _before[Prefix + name] = (await _scene.SecretAsync(Prefix + name))!.ToJsonString();
        return created["metadata"]!["uid"]!.GetValue<string>();
    }

    private static JsonObject Labelled() => new() { ["labels"] = new JsonObject { [Annotations.ManagedLabel] = "true", ["app.kubernetes.io/managed-by"] = Annotations.FieldManager } };

    private static JsonObject Annotated(string hash)
    {
        var metadata = Labelled();
        var now = TimeProvider.System.GetUtcNow();
        metadata["annotations"] = new JsonObject
        {
            [Annotations.IssuedAt] = Rfc3339.Format(now),
            [Annotations.ExpiresAt] = Rfc3339.Format(now.AddHours(12)),
            [Annotations.AccessKeyId] = "ASIAFORGED",
            [Annotations.InputHash] = hash,
        };
        return metadata;
    }

    private static JsonObject Owned(JsonObject metadata, JsonObject owner, bool? controller = true)
    {
        var reference = (JsonObject)owner.DeepClone();
        if (controller is { } isController)
            reference["controller"] = isController;
        metadata["ownerReferences"] = new JsonArray(reference);
        return metadata;
    }

    private static JsonObject Owner(string apiVersion, string kind, string name, string uid) => new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["name"] = name, ["uid"] = uid };
}
