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
}
