using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using Xunit;

namespace OrleansScheduler.Core.Tests.Governing;

public sealed class WaitingRunsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleId Schedule = ScheduleId.Of("owner", "s");

    private readonly WaitingRuns _waiting = new();

    [Fact]
    public void Who_has_waited_longest_is_next_whenever_it_asked()
    {
        Enter(1, queuedAt: 20);
        Enter(2, queuedAt: 10);
        Enter(3, queuedAt: 30);

        Assert.Equal([2, 1, 3], InOrder());
    }

    [Fact]
    public void A_full_group_holds_up_nobody_else()
    {
        Enter(1, queuedAt: 1, group: "full");
        Enter(2, queuedAt: 2);
        Enter(3, queuedAt: 3, group: "free");

        Assert.Equal([2, 3], InOrder(group => group != "full"));
        Assert.Equal(1, _waiting.Count);
    }

    [Fact]
    public void Who_does_not_listen_keeps_the_place_and_gets_nothing()
    {
        WaitingRun silent = Enter(1, queuedAt: 1);
        Enter(2, queuedAt: 2);
        silent.StopListening();

        Assert.Equal([2], InOrder());
        silent.Note(TimeSpan.Zero);

        Assert.Same(silent, _waiting.Enter(silent.Request));
        Assert.Equal([1], InOrder());
    }

    [Fact]
    public void Who_is_silent_for_long_is_named()
    {
        WaitingRun silent = Enter(1, queuedAt: 1, askedAt: 0);
        Enter(2, queuedAt: 2);
        silent.StopListening();

        Assert.Empty(_waiting.SilentSince(TimeSpan.Zero));
        Assert.Equal([silent.Request.Run], _waiting.SilentSince(TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void The_position_counts_from_one()
    {
        Enter(1, queuedAt: 1);
        WaitingRun second = Enter(2, queuedAt: 2, group: "other");

        Assert.Equal(2, _waiting.PositionOf(second));
        Assert.True(_waiting.Leave(second.Request.Run));
        Assert.False(_waiting.Leave(second.Request.Run));
    }

    [Fact]
    public void Positions_are_those_of_a_count_over_any_history() => Seeded.Rounds(50, random =>
    {
        var waiting = new WaitingRuns();
        List<WaitingRun> model = [];
        for (int step = 0; step < 100; step++)
        {
            var request = Request(random.Next(30), random.Next(10), random.Next(3) == 0 ? "group" : null);
            if (random.Next(3) == 0)
            {
                Assert.Equal(model.RemoveAll(one => one.Request.Run == request.Run) > 0, waiting.Leave(request.Run));
            }
            else
            {
                model.RemoveAll(one => one.Request.Run == request.Run);
                model.Add(waiting.Enter(request));
            }

            Assert.Equal(model.Count, waiting.Count);
            Assert.All(model, one => Assert.Equal(1 + model.Count(other => WaitingRun.Order.Compare(other, one) < 0), waiting.PositionOf(one)));
        }
    });

    [Fact]
    public void What_another_process_asks_for_is_another_request_at_the_same_place()
    {
        WaitingRun first = Enter(1, queuedAt: 1);
        Enter(2, queuedAt: 2);

        WaitingRun second = _waiting.Enter(first.Request with { Process = "other" });
        second.Note(TimeSpan.Zero);

        Assert.Equal("other", _waiting.Next(_ => true)!.Request.Process);
        Assert.Equal(2, _waiting.Count);
    }

    [Fact]
    public void An_older_process_does_not_take_the_place_of_a_newer_one()
    {
        SlotRequest request = Enter(1, queuedAt: 1).Request with { Process = "newer", Position = 9 };
        _waiting.Enter(request);

        Assert.True(_waiting.IsSuperseded(request with { Process = "older", Position = 8 }));
        Assert.False(_waiting.IsSuperseded(request with { Process = "newest", Position = 10 }));
        Assert.Equal("newer", _waiting.ProcessOf(request.Run));
    }

    [Fact]
    public void The_places_of_processes_that_are_gone_are_known()
    {
        Enter(1, queuedAt: 1);
        _waiting.Enter(Enter(2, queuedAt: 2).Request with { Process = "other" });

        Assert.Equal(2, Assert.Single(_waiting.OfOthers(["p"])).Number);
    }

    private static SlotRequest Request(int number, int queuedAt, string? group) => new(
        RunId.Of(Schedule, "0000000a", number + 1), group, Start.AddSeconds(queuedAt), TimeSpan.FromMinutes(1), "p");

    private WaitingRun Enter(int number, int queuedAt, string? group = null, int askedAt = 3_600)
    {
        WaitingRun waiting = _waiting.Enter(new SlotRequest(
            RunId.Of(Schedule, "0000000a", number), group, Start.AddSeconds(queuedAt), TimeSpan.FromMinutes(1), "p"));
        waiting.Note(TimeSpan.FromSeconds(askedAt));
        return waiting;
    }

    private List<long> InOrder(Func<string, bool>? hasRoom = null)
    {
        List<long> order = [];
        while (_waiting.Next(hasRoom ?? (_ => true)) is { } next)
        {
            order.Add(next.Request.Run.Number);
            _waiting.Leave(next.Request.Run);
        }

        return order;
    }
}
