using System.Numerics;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class CronHashTests
{
    private const ulong EveryMinute = (1UL << 60) - 1;

    [Fact]
    public void Values_are_the_same_in_every_version()
    {
        var fields = CronExpression.Parse("H H H H H H", DayMatch.Either, "acme/nightly").Fields;

        Assert.Equal<int[]>(
            [21, 11, 1, 9, 2, 5],
            [Only(fields.Seconds), Only(fields.Minutes), Only(fields.Hours), Only(fields.DaysOfMonth), Only(fields.Months), Only(fields.DaysOfWeek)]);
    }

    [Fact]
    public void A_step_keeps_its_pace_from_a_start_of_its_own() => ForIds(id =>
    {
        ulong minutes = CronExpression.Parse("H/15 * * * *", DayMatch.Both, id).Fields.Minutes.Values;

        int first = BitOperations.TrailingZeroCount(minutes);
        Assert.InRange(first, 0, 14);
        Assert.Equal((1UL << first) * 0x0000_2000_4000_8001, minutes);
    });

    [Fact]
    public void A_range_bounds_the_value() => ForIds(id =>
    {
        var fields = CronExpression.Parse("H(50-9) H(7-9) H(30-31) H(NOV-DEC) H(6-7)", DayMatch.Either, id).Fields;

        Assert.True(Only(fields.Minutes) is >= 50 or <= 9);
        Assert.InRange(Only(fields.Hours), 7, 9);
        Assert.InRange(Only(fields.DaysOfMonth), 30, 31);
        Assert.InRange(Only(fields.Months), 11, 12);
        Assert.True(Only(fields.DaysOfWeek) is 6 or 0);
    });

    [Fact]
    public void A_range_with_a_step_stays_within_the_range() => ForIds(id =>
    {
        ulong minutes = CronExpression.Parse("H(0-29)/10 * * * *", DayMatch.Both, id).Fields.Minutes.Values;

        Assert.Equal(3, BitOperations.PopCount(minutes));
        Assert.Equal(0UL, minutes >> 30);
    });

    [Fact]
    public void Ids_spread_over_all_values_and_every_month_has_the_day()
    {
        ulong minutes = 0;
        ulong days = 0;
        ForIds(id =>
        {
            var fields = CronExpression.Parse("H H H * *", DayMatch.Both, id).Fields;
            minutes |= fields.Minutes.Values;
            days |= fields.DaysOfMonth.Values;
        });

        Assert.Equal(EveryMinute, minutes);
        Assert.Equal(((1UL << 28) - 1) << 1, days);
    }

    [Fact]
    public void Only_a_step_makes_it_repeat()
    {
        Assert.True(CronExpression.Parse("H H(0-5) * * *", DayMatch.Both, "a/b").IsFixed);
        Assert.False(CronExpression.Parse("H/30 3 * * *", DayMatch.Both, "a/b").IsFixed);
    }

    private static void ForIds(Action<string> check)
    {
        for (int i = 0; i < 1_000; i++)
        {
            check($"acme/job-{i}");
        }
    }

    private static int Only(CronSet set)
    {
        Assert.Equal(1, BitOperations.PopCount(set.Values));
        return BitOperations.TrailingZeroCount(set.Values);
    }
}
