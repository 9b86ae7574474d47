using ControllerRuntime;
using UploadSessions.Operator.Kubernetes;

namespace Operator.Tests.Kubernetes;

public sealed class PendingWritesTests
{
    private static readonly ObjectKey Key = new("team-a", "export");
    private readonly PendingWrites<string> _writes = new(versionOf: text => text);

    [Fact]
    public void Without_a_write_the_cache_tells()
    {
        _writes.Over(Key, "cached").ShouldBe("cached");
        _writes.Over(Key, null).ShouldBeNull();
    }

    [Fact]
    public void What_was_written_lies_over_the_cache_until_its_event()
    {
        _writes.Begin(Key).Complete("written");
        _writes.Over(Key, "cached").ShouldBe("written");
        _writes.Over(new("team-a", "other"), "cached").ShouldBe("cached");
        _writes.Forget(Key, "newer").ShouldBeFalse();
        _writes.Over(Key, "newer").ShouldBe("newer");
    }

    [Fact]
    public void What_was_created_stands_though_the_cache_has_nothing()
    {
        _writes.Begin(Key).Complete("written");
        _writes.Over(Key, null).ShouldBe("written");
        _writes.Forget(Key, null).ShouldBeFalse();
        _writes.Over(Key, null).ShouldBeNull("it was created and deleted again");
    }

    [Fact]
    public void While_a_write_is_under_way_the_cache_tells()
    {
        _writes.Begin(Key);
        _writes.Over(Key, "cached").ShouldBe("cached");
    }

    [Fact]
    public void An_event_that_overtakes_the_answer_tells_more_than_the_answer()
    {
        var ticket = _writes.Begin(Key);
        _writes.Forget(Key, "written").ShouldBeFalse("whether it is that write's is not known yet");
        ticket.Complete("written");
        _writes.Over(Key, "newer").ShouldBe("newer");
    }

    [Fact]
    public void The_event_of_a_write_is_known_once()
    {
        _writes.Begin(Key).Complete("written");
        _writes.Forget(Key, "written").ShouldBeTrue();
        _writes.Forget(Key, "written").ShouldBeFalse();
    }

    [Fact]
    public void Of_two_writes_the_later_one_stands()
    {
        var first = _writes.Begin(Key);
        var second = _writes.Begin(Key);
        second.Complete("second");
        first.Complete("first");
        _writes.Over(Key, "cached").ShouldBe("second");
    }

    [Fact]
    public void A_write_that_failed_leaves_the_cache_telling()
    {
        _writes.Begin(Key).Complete("written");
        _writes.Begin(Key);
        _writes.Over(Key, "cached").ShouldBe("cached");
    }

    [Fact]
    public void A_write_that_ended_without_an_answer_is_forgotten_and_no_other()
    {
        using (_writes.Begin(Key))
            _writes.Count.ShouldBe(1);
        _writes.Count.ShouldBe(0);

        using (_writes.Begin(Key))
            _writes.Begin(Key).Complete("later");
        _writes.Over(Key, "cached").ShouldBe("later");
        using (var answered = _writes.Begin(Key))
            answered.Complete("written");
        _writes.Over(Key, "cached").ShouldBe("written");
    }

    [Fact]
    public void What_a_list_lacks_was_deleted_again_and_a_write_under_way_is_none_yet()
    {
        _writes.Begin(Key).Complete("written");
        _writes.Begin(new("team-a", "listed")).Complete("listed");
        _writes.Begin(new("team-a", "under-way"));

        _writes.ForgetAbsent(key => key.Name == "listed").ShouldBe(["written"]);

        _writes.Over(Key, null).ShouldBeNull();
        _writes.Over(new("team-a", "listed"), null).ShouldBe("listed");
    }
}
