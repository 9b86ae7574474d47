using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Planning;

/// <summary>How often a status is written that somebody else changes.</summary>
public sealed class StatusRepairTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly UploadSessionStatus Ours = new()
    {
        AccessKeyId = "ASIAOURS",
        Conditions = [new() { Type = "Ready", Status = "True", Reason = "Issued", LastTransitionTime = Now }],
    };

    [Fact]
    public void The_first_time_it_is_written_at_once_and_then_at_a_doubling_distance_up_to_5_minutes()
    {
        var memory = SessionMemory.Empty;
        memory.NextShowAt(Ours, Now).ShouldBeNull();
        memory = memory.WithShown(Ours, Now);
        memory.NextShowAt(Ours, Now).ShouldBeNull();
        var now = Now;
        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            memory = memory.WithShown(Ours, now);
            memory.NextShowAt(Ours, now).ShouldBe(now.AddSeconds(seconds));
            now = now.AddSeconds(seconds);
        }

        now += RepairHistory.QuietSpell;
        memory.WithShown(Ours, now).NextShowAt(Ours, now).ShouldBe(now.AddSeconds(5));
    }

    [Fact]
    public void Since_when_a_condition_holds_makes_no_other_status()
    {
        var flipped = Ours with { Conditions = [Ours.Conditions[0] with { LastTransitionTime = Now.AddSeconds(3) }] };
        SessionMemory.Empty.WithShown(Ours, Now).WithShown(flipped, Now).NextShowAt(Ours, Now).ShouldBe(Now.AddSeconds(5));
    }

    /// <summary>What somebody else wrote there is repeated: each of their writes would make another status.</summary>
    [Fact]
    public void What_the_other_fields_say_makes_no_other_status()
    {
        UploadSessionStatus[] repeated = [Ours with { Rotations = 7 }, Ours with { AccessKeyId = "theirs" }, Ours with { LastHandledRenewRequest = "theirs" }, Ours with { Policy = new() { Sha256 = "theirs" } }];
        foreach (var other in repeated)
            SessionMemory.Empty.WithShown(Ours, Now).WithShown(other, Now).NextShowAt(Ours, Now).ShouldBe(Now.AddSeconds(5));
    }

    [Fact]
    public void What_is_new_is_written_at_once_and_forgets_nothing()
    {
        var memory = SessionMemory.Empty.WithShown(Ours, Now).WithShown(Ours, Now);
        UploadSessionStatus[] others =
        [
            Ours with { Conditions = [] },
            Ours with { Conditions = [Ours.Conditions[0] with { Message = "the credentials are valid until later" }] },
            Ours with { Conditions = [Ours.Conditions[0] with { Reason = "Suspended" }] },
            Ours with { ObservedGeneration = 2 },
        ];
        foreach (var other in others)
        {
            memory.NextShowAt(other, Now).ShouldBeNull();
            memory.WithShown(other, Now).WithShown(other, Now).NextShowAt(other, Now).ShouldBe(Now.AddSeconds(10));
        }
    }
}
