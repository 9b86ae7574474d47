using System.Text.Json.Nodes;
using CsCheck;
using Sandbox.KubernetesApi.Apply;
using Sandbox.KubernetesApi.BuiltIns;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.Tests.KubernetesApi.Apply;

public sealed class FieldOwnershipTests
{
    private static readonly Schema Schema = KindSchemas.Read("""
        type: object
        properties:
          spec:
            type: object
            properties:
              plain: { type: string }
              map: { type: object, additionalProperties: { type: string } }
              list: { type: array, items: { type: string } }
              set: { type: array, x-kubernetes-list-type: set, items: { type: string } }
              keyed:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [name]
                items: { type: object, properties: { name: { type: string }, value: { type: string } } }
              atom: { type: object, x-kubernetes-map-type: atomic, properties: { a: { type: string }, b: { type: string } } }
        """);

    private static readonly Gen<string> Words = Gen.OneOf("x", "y", "z");

    private static readonly Gen<JsonObject> Configurations =
        Gen.Select(Words.Null(), Gen.Dictionary(Words, Words)[0, 2], Words.HashSet[0, 3], Gen.Dictionary(Words, Words)[0, 3], Words.Array[0, 2])
            .Select((plain, map, set, keyed, list) => Configuration(plain, map, set, keyed, list));

    [Fact]
    public void Applying_one_configuration_after_another_leaves_what_the_second_alone_would() =>
        Gen.Select(Configurations, Configurations).Sample((first, second) =>
        {
            var both = Apply(Apply([], first, "m"), second, "m");
            var alone = Apply([], second, "m");
            Content(both).SameAs(Content(alone)).ShouldBeTrue($"{first} then {second} gave {both}, not {alone}");
        }, iter: 600);

    [Fact]
    public void Applying_twice_is_applying_once() => Configurations.Sample(configuration =>
    {
        var once = Apply([], configuration, "m");
        Apply(once, configuration, "m").SameAs(once).ShouldBeTrue();
    }, iter: 300);

    [Fact]
    public void Two_managers_that_force_own_what_they_state_last() => Gen.Select(Configurations, Configurations).Sample((first, second) =>
    {
        var both = Apply(Apply([], first, "m1"), second, "m2", force: true);
        var claimed = TypedValue.FieldsOf(second, Schema);
        var owned = ManagedFields.Read(both);
        owned.GetValueOrDefault(Manager.Applier("m2", ""))?.Fields.Difference(claimed).IsEmpty.ShouldBeTrue();
        Holds(both, second).ShouldBeTrue($"{second} is not in {both}");
    }, iter: 400);

    [Fact]
    public void Every_owned_path_is_there() => Gen.Select(Configurations, Configurations, Configurations).Sample((first, second, third) =>
    {
        var live = Apply(Apply(Apply([], first, "m1"), second, "m2", force: true), third, "m1", force: true);
        var present = Comparison.Of([], live, Schema).Added;
        foreach (var (manager, ownership) in ManagedFields.Read(live))
        {
            ownership.Fields.Difference(present).IsEmpty.ShouldBeTrue($"{manager} owns {string.Join(",", ownership.Fields.Difference(present).Paths())}, absent from {live}");
        }
    }, iter: 400);

    [Fact]
    public void A_list_without_a_type_is_one_value()
    {
        var live = Apply([], Spec("""{"list":["x"]}"""), "m1");
        var conflict = Should.Throw<ApplyConflictException>(() => Apply(live, Spec("""{"list":["x","y"]}"""), "m2"));
        conflict.Conflicts.ShouldHaveSingleItem().Path.ShouldBe(".spec.list");
    }

    [Fact]
    public void Members_of_a_set_are_owned_each()
    {
        var live = Apply(Apply([], Spec("""{"set":["x"]}"""), "m1"), Spec("""{"set":["y"]}"""), "m2");
        live["spec"]!["set"]!.ToJsonString().ShouldBe("""["x","y"]""");
        Apply(live, Spec("""{"set":[]}"""), "m1")["spec"]!["set"]!.ToJsonString().ShouldBe("""["y"]""");
    }

    [Fact]
    public void An_update_takes_what_it_changes_and_frees_what_it_removes()
    {
        var live = Apply([], Spec("""{"plain":"x","map":{"x":"1","y":"2"}}"""), "m1");
        var after = live.Copy();
        after["spec"]!["plain"] = "changed";
        ((JsonObject)after["spec"]!["map"]!).Remove("x");
        FieldOwnership.Record(live, after, Write(Manager.Updater("u", "v1", "")));
        ManagedFields.Read(after).ToDictionary(owner => owner.Key.Name, owner => string.Join(",", owner.Value.Fields.Paths())).ShouldBe(
            new Dictionary<string, string> { ["m1"] = ".spec.map.y", ["u"] = ".spec.plain" }, ignoreOrder: true);
    }

    [Fact]
    public void Metadata_of_the_server_is_owned_by_nobody()
    {
        var created = Spec("{}");
        created["metadata"] = new JsonObject { ["name"] = "n", ["uid"] = "u", ["labels"] = new JsonObject { ["a"] = "b" } };
        FieldOwnership.Record(null, created, Write(Manager.Updater("u", "v1", "")));
        string.Join(",", ManagedFields.Read(created).Single().Value.Fields.Paths()).ShouldBe(".metadata.labels,.metadata.labels.a,.spec");
    }

    private static JsonObject Apply(JsonObject live, JsonObject configuration, string manager, bool force = false) =>
        FieldOwnership.Apply(live, configuration.Copy(), Write(Manager.Applier(manager, "")) with { Force = force });

    private static OwnershipWrite Write(Manager manager) => new(manager, "v1", Schema, "2026-01-01T00:00:00Z");

    private static JsonObject Spec(string json) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Thing",
        ["metadata"] = new JsonObject { ["name"] = "n" },
        ["spec"] = JsonNode.Parse(json),
    };

    private static JsonObject Configuration(string? plain, Dictionary<string, string> map, HashSet<string> set, Dictionary<string, string> keyed, string[] list)
    {
        var configuration = Spec("{}");
        var spec = (JsonObject)configuration["spec"]!;
        spec.Put("plain", plain);
        if (map.Count > 0)
        {
            spec["map"] = new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        if (set.Count > 0)
        {
            spec["set"] = set.ToJsonArray();
        }

        if (keyed.Count > 0)
        {
            spec["keyed"] = new JsonArray([.. keyed.Select(pair => new JsonObject { ["name"] = pair.Key, ["value"] = pair.Value })]);
        }

        if (list.Length > 0)
        {
            spec["list"] = list.ToJsonArray();
        }

        spec["atom"] = plain is null ? null : new JsonObject { ["a"] = plain };
        if (plain is null)
        {
            spec.Remove("atom");
        }

        return configuration;
    }

    /// <summary>What counts: order within sets and keyed lists, managedFields and emptied containers do not.</summary>
    private static JsonObject Content(JsonObject obj)
    {
        var spec = (JsonObject)(obj["spec"]?.DeepClone() ?? new JsonObject());
        foreach (var name in (string[])["set", "keyed"])
        {
            if (spec[name] is JsonArray list)
            {
                spec[name] = new JsonArray([.. list.OrderBy(item => item.ToText(), StringComparer.Ordinal).Select(item => item?.DeepClone())]);
            }
        }

        return new(spec.Where(pair => pair.Value is not (JsonArray { Count: 0 } or JsonObject { Count: 0 })).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
    }

    private static bool Holds(JsonNode? whole, JsonNode? part) => (whole, part) switch
    {
        (JsonObject map, JsonObject fields) => fields.All(field => Holds(map[field.Key], field.Value)),
        (JsonArray list, JsonArray items) => items.All(item => list.Any(candidate => Holds(candidate, item))),
        _ => whole.SameAs(part),
    };
}
