using OrleansScheduler.Actions;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Schedules;

/// <summary>A random history of one schedule, beside a model that knows its instants by stepping through time.</summary>
internal sealed class ScheduleHistory
{
    private static readonly ScheduleId Id = ScheduleId.Of("owner", "random");
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 23, 40, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly JsonEntryCodec<ScheduleEntry> _codec = new();
    private readonly HashSet<DateTimeOffset> _runInstants = [];
    private ScheduleFold _fold = new(Id);
    private Attention _clock = new(0, null);
    private DateTimeOffset _now = Begin;
    private DateTimeOffset _activeSince = Begin;
    private int _starts;
    private DeploymentStart _start = new("0", Begin.AddSeconds(-5));
    private long _due;
    private long _ended;
    private int _requests;

    public ScheduleHistory(Random random)
    {
        _random = random;
        Apply(new ScheduleEntry.Created(Define(), "0000000a", _now));
        Tell(_fold.Attention);
    }

    private ScheduleFacts Facts => _fold.Existing;

    private ScheduleDefinition Definition => Facts.Definition;

    public void Step()
    {
        _now += TimeSpan.FromMilliseconds(_random.Next(20_000 * (_random.Next(10) == 0 ? 20 : 1)));
        switch (_random.Next(14))
        {
            case < 6:
                CallIfDue();
                break;
            case < 9 when Facts.Open.Count > 0:
                EndOne();
                break;
            case 9 when Facts.Open.Count < Facts.OpenAllowed && Facts.State != ScheduleState.Completed:
                _due++;
                Apply(new ScheduleEntry.Requested($"r{_requests++}", "me", _now));
                break;
            case 10 when Facts.State == ScheduleState.Active:
                SettleAll();
                Apply(new ScheduleEntry.Paused("me", "because", _now));
                break;
            case 10 or 11 when Facts.State == ScheduleState.Paused:
                Apply(new ScheduleEntry.Resumed("me", _now));
                _activeSince = _now;
                break;
            case 12 when Facts.State != ScheduleState.Completed && _random.Next(4) == 0:
                SettleAll();
                Apply(new ScheduleEntry.Updated(Define(), "me", _now));
                _activeSince = _now;
                break;
            case 13:
                _start = new DeploymentStart($"{++_starts}", _now);
                break;
        }

        if (_fold.IsAnnouncementOwed && _random.Next(2) == 0)
        {
            Tell(_fold.Attention);
            Apply(_fold.AllHeard());
        }
    }

    public void Check()
    {
        ScheduleCounters counters = Facts.Counters;
        Assert.Equal(counters.Due, counters.Open + counters.Ran + counters.SkippedOverlap + counters.SkippedMissed);
        Assert.Equal(_due, counters.Due);
        Assert.Equal(Facts.Open.Count, counters.Open);
        Assert.InRange(Facts.Open.Count, 0, ScheduleFacts.OpenMax);
        Assert.Equal(Facts.Occurrences, counters.Open + counters.Ran);
        Assert.Equal(_ended, _fold.Dues.Ended);
        Assert.True(Definition.MaxFirings is not { } most || Facts.Fired <= most);
        Assert.True(Facts.State != ScheduleState.Completed || Facts.Open.IsEmpty || _fold.Detail().Reason != "No occurrence is left.");

        // Once everything is told, the clock comes no later than it is needed.
        if (!_fold.IsAnnouncementOwed && Facts.State == ScheduleState.Active && _fold.Detail().NextInstant is { } needed)
        {
            Assert.True(_clock.Due <= needed, $"The clock comes at {_clock.Due:O}, needed at {needed:O}.");
        }
    }

    public void Reload()
    {
        var copy = new ScheduleFold(Id);
        _fold.WriteChangedPages((name, content) => copy.ReadPage(name, content));
        copy.PagesRead();
        _fold = copy;
    }

    private ScheduleDefinition Define()
    {
        Trigger trigger = _random.Next(4) switch
        {
            0 => new CronTrigger($"*/{_random.Next(1, 50)} * * * * *"),
            1 => new CronTrigger($"{_random.Next(60)} */{_random.Next(1, 5)} * * *  *".Replace("  ", " ", StringComparison.Ordinal)),
            2 => new StartTrigger(),
            _ => new IntervalTrigger(TimeSpan.FromSeconds(1 + _random.Next(100)), _now.AddSeconds(_random.Next(-50, 50))),
        };
        return new ScheduleDefinition(
            trigger,
            new HandlerTarget("work"),
            Tolerance: TimeSpan.FromSeconds(1 + _random.Next(60)),
            Overlap: _random.Next(3) == 0 ? OverlapPolicy.Allow : null,
            Missed: _random.Next(2) == 0 ? MissedPolicy.RunLatest : null,
            Jitter: _random.Next(3) == 0 ? TimeSpan.FromSeconds(7) : null,
            StartAt: _random.Next(4) == 0 ? _now.AddSeconds(_random.Next(200)) : null,
            EndAt: _random.Next(6) == 0 ? _now.AddSeconds(201 + _random.Next(2_000)) : null,
            MaxFirings: _random.Next(6) == 0 ? 1 + _random.Next(20) : null,
            ExcludedDates: _random.Next(4) == 0 ? [new DateOnly(2026, 1, 6)] : null);
    }

    private void EndOne()
    {
        ScheduleRun run = Facts.Open[_random.Next(Facts.Open.Count)];
        if (_random.Next(2) == 0)
        {
            Apply(new ScheduleEntry.Claimed(run.Run, _now));
        }

        RunStatus status = _random.Next(4) == 0 ? RunStatus.HostLost : RunStatus.Completed;
        _ended++;
        Apply(new ScheduleEntry.Ended(run.Run, status, _now, null, 0, null, _random.Next(300) == 0));
    }

    private void CallIfDue()
    {
        for (int calls = 0; _clock.Due <= _now || (_clock.SinceStart is { } since && since != _start.Id); calls++)
        {
            // It may know an old number; under the newest one it has to get an answer that lets it sleep.
            Assert.True(calls < 3, $"The clock is called again at once, for {_clock.Due:O}.");
            Settle(_fold.Attend(_clock.Number, _start, _now));
            Assert.True(_fold.Attention.Number > _clock.Number, "The clock was answered with an old number.");
            Tell(_fold.Attention);
        }
    }

    private void Tell(Attention attention) => _clock = attention.Number > _clock.Number ? attention : _clock;

    private void SettleAll()
    {
        while (_fold.Settle(_now) is { } settled)
        {
            Settle(settled);
        }
    }

    private void Settle(ScheduleEntry.Settled? settled)
    {
        if (settled is null)
        {
            return;
        }

        bool isStart = settled.SinceStart is not null;
        long firedBefore = Facts.Fired;
        bool mayFire = Facts.State == ScheduleState.Active && !isStart && !(firedBefore >= Definition.MaxFirings);
        List<DateTimeOffset> nominal = mayFire ? Nominal(settled.UpTo) : [];
        if (isStart)
        {
            _due += settled.Started.Length + settled.Overlapped;
        }
        else if (Definition.MaxFirings is { } most && firedBefore + settled.Started.Length == most && settled.Started.Length > 0)
        {
            // What comes after the last firing is no occurrence; what came before it is.
            _due += settled.Started.Length + settled.Missed;
        }
        else
        {
            _due += nominal.Count;
            Assert.Equal(nominal.Count, settled.Started.Length + settled.Missed + settled.Overlapped);
        }

        Assert.True(settled.Started.Length + Facts.Open.Count <= Facts.OpenAllowed || settled.Started.IsEmpty);
        foreach (DateTimeOffset instant in settled.Started)
        {
            CheckStarted(instant, nominal, isStart);
        }

        Apply(settled);
    }

    private void CheckStarted(DateTimeOffset instant, List<DateTimeOffset> nominal, bool isStart)
    {
        Assert.True(_runInstants.Add(instant) || isStart, $"{instant:O} ran twice.");
        if (isStart)
        {
            Assert.Equal(_start.At, instant);
            return;
        }

        Assert.Contains(instant, nominal);
        bool late = _now - instant >= Definition.EffectiveTolerance;
        Assert.True(!late || Definition.Missed == MissedPolicy.RunLatest, $"{instant:O} started at {_now:O}.");
        if (late)
        {
            DateTimeOffset latest = nominal.Last(other => _now - other >= Definition.EffectiveTolerance);
            Assert.Equal(latest, instant);
        }
    }

    // By stepping through seconds, and not by the rule that is tested.
    private List<DateTimeOffset> Nominal(DateTimeOffset upTo)
    {
        List<DateTimeOffset> instants = [];
        for (DateTimeOffset instant = First(); instant <= upTo; instant += StepOf())
        {
            bool excluded = Definition.ExcludedDates is { } dates && dates.Contains(DateOnly.FromDateTime(instant.UtcDateTime));
            if (instant > _activeSince && instant >= (Definition.StartAt ?? instant) && !(instant >= Definition.EndAt) && !excluded && Fits(instant))
            {
                instants.Add(instant);
            }
        }

        _activeSince = upTo > _activeSince ? upTo : _activeSince;
        return instants;
    }

    private DateTimeOffset First()
    {
        if (Definition.Trigger is not IntervalTrigger interval)
        {
            return new DateTimeOffset(_activeSince.Ticks - (_activeSince.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        }

        DateTimeOffset instant = interval.Anchor!.Value;
        while (instant > _activeSince)
        {
            instant -= interval.Period;
        }

        return instant;
    }

    private TimeSpan StepOf() => Definition.Trigger is IntervalTrigger interval ? interval.Period : TimeSpan.FromSeconds(1);

    private bool Fits(DateTimeOffset instant)
    {
        if (Definition.Trigger is not CronTrigger cron)
        {
            return Definition.Trigger is IntervalTrigger;
        }

        string[] fields = cron.Expression.Split(' ');
        return FieldFits(fields[0], instant.Second) && FieldFits(fields[1], instant.Minute);
    }

    private static bool FieldFits(string field, int value) =>
        field == "*" || (field.StartsWith("*/", StringComparison.Ordinal)
            ? value % int.Parse(field.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture) == 0
            : value == int.Parse(field, System.Globalization.CultureInfo.InvariantCulture));

    private void Apply(ScheduleEntry entry)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        _codec.Write(entry, bytes);
        _fold.Apply(_codec.Read(bytes.WrittenMemory, _codec.Format));
    }
}
