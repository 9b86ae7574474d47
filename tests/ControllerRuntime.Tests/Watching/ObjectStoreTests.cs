using ControllerRuntime.Watching;

namespace ControllerRuntime.Tests.Watching;

public sealed class ObjectStoreTests
{
    private static readonly WatchedResource<Thing> Things = new()
    {
        Name = "things",
        Path = "/things",
        JsonType = ThingJson.Default.Thing,
        KeyOf = static thing => thing.Key,
        VersionOf = static thing => thing.Metadata.ResourceVersion,
        IndexBy = static thing => thing.Spec.Owner is { Length: > 0 } owner ? owner : null,
    };

    private readonly ObjectStore<Thing> _store = new(Things);

    [Fact]
    public void Objects_are_found_by_key_and_by_index_value()
    {
        _store.Set(Thing("a", 1, "x"));
        _store.Set(Thing("b", 2, "x"));
        _store.Set(Thing("c", 3, ""));
        _store.Get(new ObjectKey("team", "b"))!.Metadata.ResourceVersion.ShouldBe("2");
        _store.Get(new ObjectKey("other", "b")).ShouldBeNull();
        _store.ByIndex("x").Select(thing => thing.Metadata.Name).ShouldBe(["a", "b"], ignoreOrder: true);
        _store.ByIndex("").ShouldBeEmpty();
        _store.Count.ShouldBe(3);
    }

    [Fact]
    public void The_index_follows_changes_and_removals()
    {
        _store.Set(Thing("a", 1, "x"));
        _store.Set(Thing("a", 2, "y"));
        _store.ByIndex("x").ShouldBeEmpty();
        _store.ByIndex("y").Single().Metadata.ResourceVersion.ShouldBe("2");
        _store.Set(Thing("a", 3, "y"));
        _store.ByIndex("y").Single().Metadata.ResourceVersion.ShouldBe("3");
        _store.Remove(new ObjectKey("team", "a"));
        _store.ByIndex("y").ShouldBeEmpty();
    }

    [Fact]
    public void The_same_version_again_is_no_change_and_neither_is_the_removal_of_what_is_not_there()
    {
        var changes = 0;
        _store.Set(Thing("a", 1, "x"));
        _store.Subscribe(_ => changes++);
        _store.Set(Thing("a", 1, "x"));
        _store.Remove(new ObjectKey("team", "b"));
        changes.ShouldBe(0);
    }

    [Fact]
    public void A_subscriber_finds_the_store_as_it_is_after_the_change()
    {
        var found = new List<string?>();
        _store.Subscribe(change => found.Add(_store.Get(change.Key)?.Metadata.ResourceVersion));
        _store.Set(Thing("a", 1, "x"));
        _store.Set(Thing("a", 2, "x"));
        _store.Remove(new ObjectKey("team", "a"));
        found.ShouldBe(["1", "2", null]);
    }

    [Fact]
    public void A_list_makes_the_store_synced_and_current_and_stays_synced_when_the_server_fails()
    {
        (_store.HasSynced, _store.IsCurrent).ShouldBe((false, false));
        _store.MarkCurrent(true);
        _store.IsCurrent.ShouldBeFalse();
        _store.Replace([Thing("a", 1, "x")], []);
        (_store.HasSynced, _store.IsCurrent).ShouldBe((true, true));
        _store.MarkCurrent(false);
        (_store.HasSynced, _store.IsCurrent).ShouldBe((true, false));
    }

    [Fact]
    public void Whoever_waits_for_a_store_is_told_each_time_it_becomes_current()
    {
        var told = 0;
        var store = new ObjectStore<Thing>(Things, ["team", "other"]);
        store.SubscribeToCurrency(() => told++);
        store.Replace([], [], "team");
        told.ShouldBe(0);
        store.Replace([], [], "other");
        store.MarkCurrent(true, "other");
        told.ShouldBe(1);
        store.MarkCurrent(false, "team");
        store.MarkCurrent(true, "team");
        told.ShouldBe(2);
    }

    [Fact]
    public void Each_namespace_with_a_reflector_of_its_own_is_listed_on_its_own()
    {
        var store = new ObjectStore<Thing>(Things, ["team", "other"]);
        store.Replace([Thing("a", 1, "x"), Thing("b", 1, "x")], [], "team");
        (store.HasSynced, store.IsCurrent).ShouldBe((false, false));
        store.Replace([], [], "other");
        (store.HasSynced, store.IsCurrent, store.Count).ShouldBe((true, true, 2));
        store.Replace([Thing("a", 2, "x")], [], "team");
        store.Count.ShouldBe(1);
        store.MarkCurrent(false, "other");
        (store.HasSynced, store.IsCurrent).ShouldBe((true, false));
    }

    [Fact]
    public async Task Readers_are_not_disturbed_by_the_writer()
    {
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _store.Snapshot().Count.ShouldBeInRange(0, 50);
                foreach (var thing in _store.ByIndex("x")) thing.Spec.Owner.ShouldBe("x");
            }
        }, TestContext.Current.CancellationToken);
        for (var version = 0; version < 20_000; version++)
        {
            _store.Set(Thing($"{version % 50}", version, version % 3 == 0 ? "x" : "y"));
            if (version % 7 == 0) _store.Remove(new ObjectKey("team", $"{version % 50}"));
        }

        await stop.CancelAsync();
        await reading;
    }

    private static Thing Thing(string name, int version, string owner) => new()
    {
        Metadata = new ThingMetadata { Namespace = "team", Name = name, ResourceVersion = $"{version}" },
        Spec = new ThingSpec { Owner = owner },
    };
}
