using OrleansScheduler.Actions;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Schedules;

/// <summary>Over random histories every instant of a schedule gets exactly one fate, and the clock is never told too late.</summary>
public sealed class ScheduleAccountingTests
{
    [Fact]
    public void Every_instant_gets_exactly_one_fate() => Seeded.Rounds(150, random =>
    {
        var history = new ScheduleHistory(random);

        for (int step = 0; step < 150; step++)
        {
            history.Step();
            history.Check();
        }
    });

    [Fact]
    public void It_is_the_same_after_it_was_stored_at_any_moment() => Seeded.Rounds(60, random =>
    {
        var history = new ScheduleHistory(random);

        for (int step = 0; step < 60; step++)
        {
            history.Step();
            history.Reload();
            history.Check();
        }
    });

    private sealed class ScheduleHistory
    {
        private static readonly ScheduleId Id = ScheduleId.Of("owner", "random");

        private readonly Random _random;
        private readonly TimeSpan _period;
        private readonly TimeSpan _tolerance;
        private readonly JsonEntryCodec<ScheduleEntry> _codec = new();
        private readonly HashSet<DateTimeOffset> _nominal = [];
        private readonly HashSet<DateTimeOffset> _runInstants = [];
        private ScheduleFold _fold = new(Id);
        private Attention _clock = new(0, null);
        private DateTimeOffset _now = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        private DateTimeOffset _activeSince;
        private long _manual;
        private int _requests;

        public ScheduleHistory(Random random)
        {
            _random = random;
            _period = TimeSpan.FromSeconds(1 + random.Next(100));
            _tolerance = TimeSpan.FromSeconds(1 + random.Next(60));
            _activeSince = _now;
            Apply(new ScheduleEntry.Created(
                new ScheduleDefinition(new IntervalTrigger(_period, _now.AddSeconds(random.Next(-50, 50))), new HandlerTarget("work"), Tolerance: _tolerance),
                "0000000a",
                _now));
        }

        private ScheduleFacts Facts => _fold.Existing;

        public void Step()
        {
            _now += TimeSpan.FromMilliseconds(_random.Next((int)(_period.TotalMilliseconds * (_random.Next(10) == 0 ? 20 : 1))));
            switch (_random.Next(12))
            {
                case < 6:
                    CallIfDue();
                    break;
                case < 9 when _fold.OpenRun is { } run:
                    RunStatus status = _random.Next(4) == 0 ? RunStatus.HostLost : RunStatus.Completed;
                    Apply(new ScheduleEntry.Ended(run.Run, status, _now, null, 0, null, _random.Next(200) == 0));
                    break;
                case 9 when _fold.OpenRun is null && Facts.State != ScheduleState.Completed:
                    _manual++;
                    Apply(new ScheduleEntry.Requested($"r{_requests++}", "me", _now));
                    break;
                case 10 when Facts.State == ScheduleState.Active:
                    Settle(_fold.Settle(_now));
                    Apply(new ScheduleEntry.Paused("me", "because", _now));
                    break;
                case 10 or 11 when Facts.State == ScheduleState.Paused:
                    Apply(new ScheduleEntry.Resumed("me", _now));
                    _activeSince = _now;
                    break;
            }

            if (_fold.IsAnnouncementOwed && _random.Next(2) == 0)
            {
                Tell(_fold.Attention);
                Apply(new ScheduleEntry.Heard(_fold.AttentionNumber));
            }
        }

        public void Check()
        {
            ScheduleCounters counters = Facts.Counters;
            Assert.Equal(counters.Due, counters.Open + counters.Ran + counters.SkippedOverlap + counters.SkippedMissed);
            Assert.Equal(_nominal.Count + _manual, counters.Due);
            Assert.Equal(_fold.OpenRun is null ? 0 : 1, counters.Open);
            Assert.Equal(Facts.Occurrences, counters.Open + counters.Ran);

            // Once everything is told, the clock comes no later than it is needed.
            if (!_fold.IsAnnouncementOwed && Needed() is { } needed)
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

        private DateTimeOffset? Needed() => Facts.State == ScheduleState.Active ? _fold.Detail().NextInstant : null;

        private void CallIfDue()
        {
            for (int calls = 0; _clock.Due <= _now; calls++)
            {
                // It may know an old number; under the newest one it has to get an answer that lets it sleep.
                Assert.True(calls < 2, $"The clock is called again at once, for {_clock.Due:O}.");
                Settle(_fold.Attend(_clock.Number, _now));
                Assert.True(_fold.Attention.Number > _clock.Number, "The clock was answered with an old number.");
                Tell(_fold.Attention);
            }
        }

        private void Tell(Attention attention) => _clock = attention.Number > _clock.Number ? attention : _clock;

        private void Settle(ScheduleEntry.Settled? settled)
        {
            if (settled is null)
            {
                return;
            }

            if (Facts.State == ScheduleState.Active)
            {
                NoteNominal();
            }

            Apply(settled);
            if (settled.Started is { } instant)
            {
                Assert.True(_runInstants.Add(instant), $"{instant:O} ran twice.");
                Assert.Contains(instant, _nominal);
                Assert.True(_now - instant < _tolerance, $"{instant:O} started at {_now:O}.");
            }
        }

        // By stepping, and not by the rule that is tested.
        private void NoteNominal()
        {
            DateTimeOffset anchor = ((IntervalTrigger)Facts.Definition.Trigger).Anchor!.Value;
            DateTimeOffset instant = anchor;
            while (instant > _activeSince)
            {
                instant -= _period;
            }

            for (; instant <= _now; instant += _period)
            {
                if (instant > _activeSince)
                {
                    _nominal.Add(instant);
                }
            }

            _activeSince = _now;
        }

        private void Apply(ScheduleEntry entry)
        {
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            _codec.Write(entry, bytes);
            _fold.Apply(_codec.Read(bytes.WrittenMemory, _codec.Format));
        }
    }
}
