using OrleansScheduler.Core.Tests.Histories;
using Xunit;

namespace OrleansScheduler.Core.Tests.Schedules;

/// <summary>Over random histories every instant of a schedule gets exactly one fate, and the clock is never told too late.</summary>
public sealed class ScheduleAccountingTests
{
    [Fact]
    public void Every_instant_gets_exactly_one_fate() => Seeded.Rounds(10_000, random =>
    {
        var history = new ScheduleHistory(random);

        for (int step = 0; step < 150; step++)
        {
            history.Step();
            history.Check();
        }
    });

    [Fact]
    public void It_is_the_same_after_it_was_stored_at_any_moment() => Seeded.Rounds(100, random =>
    {
        var history = new ScheduleHistory(random);

        for (int step = 0; step < 60; step++)
        {
            history.Step();
            history.Reload();
            history.Check();
        }
    });
}
