using Cronos;
using OrleansScheduler.Cluster.Cron;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using Xunit;
using CronExpression = Cronos.CronExpression;

namespace OrleansScheduler.Cluster.Tests.Cron;

/// <summary>One expression as both libraries read it.</summary>
internal sealed class CronosCase
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string _text;
    private readonly Core.Timing.CronExpression _ours;
    private readonly CronExpression _theirs;
    private readonly bool _secondsRepeat;

    private CronosCase(string text, CronExpression theirs)
    {
        _text = text;
        _ours = Core.Timing.CronExpression.Parse(text);
        _theirs = theirs;
        string[] fields = text.Split(' ');
        _secondsRepeat = fields.Length == 6 && fields[0].AsSpan().IndexOfAny('*', '-', '/') >= 0;
    }

    /// <summary>The case of an expression; null when Cronos does not read it, or it never comes due.</summary>
    public static CronosCase? Of(string text)
    {
        try
        {
            return CronosEvaluator.TryParse(new CronTrigger(text), out CronExpression? theirs) ? new CronosCase(text, theirs) : null;
        }
        catch (Errors.SchedulerException)
        {
            return null;
        }
    }

    /// <summary>Fails unless both tell the same in a stretch of time, but for what a reason explains exactly; the reasons are noted.</summary>
    /// <param name="zone">A zone whose changes are in order.</param>
    /// <param name="change">The first instant with the new offset, in the middle of the stretch.</param>
    /// <param name="span">How far it reaches to both sides.</param>
    /// <param name="seen">Where the reasons are noted.</param>
    public void Check(TimeZoneInfo zone, DateTimeOffset change, TimeSpan span, HashSet<CronosDifference> seen)
    {
        List<DateTimeOffset> ours = Chain(after => _ours.NextAfter(after, zone), change - span, change + span);
        List<DateTimeOffset> theirs = Chain(after => _theirs.GetNextOccurrence(after, zone), change - span, change + span);
        if (CronosDifference.StepsOverWeekdays(_text))
        {
            Note(seen, CronosDifference.WeekdaySteps, !ours.SequenceEqual(theirs));
            return;
        }

        List<DateTimeOffset> added = Added(zone, change, seen);
        List<DateTimeOffset> expected = [.. ours.Concat(added).Distinct().Order()];
        if (!expected.SequenceEqual(theirs))
        {
            DateTimeOffset first = expected.Except(theirs).Concat(theirs.Except(expected)).Min();
            Assert.Fail($"{_text} in {zone.Id}, offset changed {change:u}: {first:u} is told by one and explained by no listed difference.");
        }

        // From instants between occurrences, as after an edit, a pause or a start.
        for (DateTimeOffset after = change - TimeSpan.FromHours(4); after < change + TimeSpan.FromHours(4); after += TimeSpan.FromSeconds(487))
        {
            DateTimeOffset next = expected.Find(instant => instant > after);
            if (next != default && _theirs.GetNextOccurrence(after, zone) != next)
            {
                Assert.Fail($"{_text} in {zone.Id} after {after:u}: expected {next:u}, but Cronos told {_theirs.GetNextOccurrence(after, zone):u}.");
            }
        }
    }

    // What Cronos tells besides, by the two listed rules.
    private List<DateTimeOffset> Added(TimeZoneInfo zone, DateTimeOffset change, HashSet<CronosDifference> seen)
    {
        TimeSpan old = zone.GetUtcOffset(change - Second);
        TimeSpan present = zone.GetUtcOffset(change);
        if (!_ours.IsFixed && present > old && Local(change + old, change + present).Count > 0)
        {
            Note(seen, CronosDifference.RepeatingInGap, _ours.NextAfter(change - Second, zone) != change);
            return [change];
        }

        if (_ours.IsFixed && _secondsRepeat && present < old)
        {
            List<DateTimeOffset> again = [.. Local(change + present, change + old).Select(local => local - present)];
            Note(seen, CronosDifference.SecondsInOverlap, again.Count > 0);
            return again;
        }

        return [];
    }

    // The local times between two, written as instants, at which the expression is due wherever clocks never change.
    private List<DateTimeOffset> Local(DateTimeOffset from, DateTimeOffset end) => Chain(_ours.NextAfter, from - Second, end - Second);

    private static List<DateTimeOffset> Chain(Func<DateTimeOffset, DateTimeOffset?> next, DateTimeOffset after, DateTimeOffset last)
    {
        List<DateTimeOffset> found = [];
        while (next(after) is { } instant && instant <= last)
        {
            Assert.True(instant > after, $"{instant:u} does not come after {after:u}.");
            found.Add(instant.ToUniversalTime());
            after = instant;
        }

        return found;
    }

    private static void Note(HashSet<CronosDifference> seen, CronosDifference difference, bool shows)
    {
        if (shows)
        {
            seen.Add(difference);
        }
    }
}
