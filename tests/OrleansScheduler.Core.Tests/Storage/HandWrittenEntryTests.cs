using System.Buffers;
using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage;

/// <summary>What is written by hand is what the serializer would write, to the byte.</summary>
public sealed class HandWrittenEntryTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 23, 40, 7, 120, TimeSpan.FromHours(2));
    private static readonly DateTimeOffset Exact = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).AddTicks(1);
    private static readonly ScheduleId Schedule = ScheduleId.Of("owner", "name-1");
    private static readonly RunId Run = RunId.Of(Schedule, "0000000a", 12);

    [Fact]
    public void Entries_of_schedules()
    {
        var codec = new ScheduleEntryCodec();
        Check(codec, new ScheduleEntry.Settled(At, 0, 0, [], Exact));
        Check(codec, new ScheduleEntry.Settled(At, 3, 4, [At, Exact], At, "start \"1\" <é>", 7));
        Check(codec, new ScheduleEntry.Claimed(Run, Exact));
        Check(codec, new ScheduleEntry.Heard(1, long.MaxValue, 0));
        foreach (RunStatus status in Enum.GetValues<RunStatus>())
        {
            Check(codec, new ScheduleEntry.Ended(Run, status, At, 5, 2, null, true));
            Check(codec, new ScheduleEntry.Ended(Run, status, At, null, 0, new RunError("code", "message"), false));
            Check(codec, new ScheduleEntry.Ended(Run, status, At, null, 0, null, false, "log"));
        }
    }

    [Fact]
    public void Entries_of_the_governor()
    {
        var codec = new GovernorEntryCodec();
        Check(codec, new GovernorEntry.Granted(new Lease(Run, "a group", "p\"1", 3, At, Exact), new SlotRank(9, At)));
        Check(codec, new GovernorEntry.Granted(new Lease(Run, null, "p", 3, At, Exact)));
        Check(codec, new GovernorEntry.Ended(Run, 4, true));
        Check(codec, new GovernorEntry.Configured(new GovernorSettings(3, ImmutableSortedDictionary<string, int>.Empty.Add("g", 1))));
    }

    [Fact]
    public void Entries_of_clocks()
    {
        var codec = new ClockEntryCodec();
        Check(codec, new ClockEntry(Schedule, new Attention(1, At)));
        Check(codec, new ClockEntry(Schedule, new Attention(2, null)));
        Check(codec, new ClockEntry(Schedule, new Attention(3, Exact, "start")));
    }

    private static void Check<TEntry>(IEntryCodec<TEntry> codec, TEntry entry)
    {
        string written = Text(codec, entry);
        Assert.Equal(Text(new JsonEntryCodec<TEntry>(), entry), written);
        Assert.Equal(written, Text(codec, codec.Read(System.Text.Encoding.UTF8.GetBytes(written), codec.Format)));
    }

    private static string Text<TEntry>(IEntryCodec<TEntry> codec, TEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        codec.Write(entry, output);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
