using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.History;

/// <summary>The shell around <see cref="HistoryState"/>. It wakes up once, to remove what it holds.</summary>
internal class HistoryActor : Actor, IHistory
{
    private const int RunsAtOnceMax = 100;
    private const int LimitMax = 500;

    private readonly DateOnly _day;
    private readonly HistoryState _state = new();
    private readonly Journal<HistoryState, HistoryEntry> _journal;
    private readonly ILogger _logger;
    private bool _woken;

    public HistoryActor(IActorContext context, ILogger logger, JournalOptions? journal = null)
        : base(context)
    {
        _logger = logger;
        _day = context.Key.Split('/') is [_, var day, _] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new SchedulerException(ErrorCodes.IdInvalid, $"'{context.Key}' is not owner/day/shard.");
        _journal = new Journal<HistoryState, HistoryEntry>(context, _state, new JsonEntryCodec<HistoryEntry>(), _ => false, journal);
    }

    public override bool IsIdle => !_journal.IsWriting;

    private DateTimeOffset RemovedAt => new(_day.AddDays(HistoryShard.DaysKept + 1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <inheritdoc/>
    public override Task ActivateAsync(CancellationToken cancellation) => _journal.LoadAsync(cancellation);

    /// <inheritdoc/>
    public override async Task WakeAsync(CancellationToken cancellation)
    {
        if (Now < RemovedAt)
        {
            await Context.Wakeup.SetAsync(RemovedAt, cancellation);
            return;
        }

        // Some pages at a time. Also when nothing is left of it here: a process may have ended between an entry and the removal of
        // its pages. What cannot be removed now keeps the wake-up, which comes again until it can.
        while (_journal.Position > 0)
        {
            if (_state.Count > 0)
            {
                await _journal.AppendAsync(new HistoryEntry.Cleared(_state.ClearedAtOnce));
            }

            if (!await _journal.CutAsync())
            {
                return;
            }

            if (_state.Count == 0)
            {
                await Context.Journal.RetireAsync(cancellation);
                break;
            }
        }

        if (_state.Count > 0)
        {
            return;
        }

        HistoryLog.HistoryCleared(_logger, Context.Key);
        _woken = false;
        await Context.Wakeup.ClearAsync(cancellation);
    }

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation) => _journal.FlushAsync(cancellation);

    /// <inheritdoc/>
    public async Task RecordAsync(ImmutableArray<ScheduleRun> runs, CancellationToken cancellation)
    {
        CheckRange("runs", runs.IsDefault ? 0 : runs.Length, 1, RunsAtOnceMax);
        if (runs.FirstOrDefault(run => run.EndedAt is not { } end || DateOnly.FromDateTime(end.UtcDateTime) != _day) is { } stranger)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"The run {stranger.Run} did not end on {_day:yyyy-MM-dd}.").With("field", "runs");
        }

        if (!_woken)
        {
            // Before the first entry: what is stored must be removed some day, whatever happens.
            await Context.Wakeup.SetAsync(RemovedAt, cancellation);
            _woken = true;
        }

        ImmutableArray<ScheduleRun> news = _state.News(runs);
        await (news.IsEmpty ? _journal.DurableAsync() : _journal.AppendAsync(new HistoryEntry.Recorded(news)));
    }

    /// <inheritdoc/>
    public async Task<HistoryPage> ListAsync(HistoryQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckRange("limit", query.Limit, 1, LimitMax);
        HistoryPage page = _state.List(query);
        await _journal.DurableAsync();
        return page;
    }

    /// <inheritdoc/>
    public async Task<ScheduleRun?> FindAsync(RunId run, CancellationToken cancellation)
    {
        ScheduleRun? found = _state.Find(run);
        await _journal.DurableAsync();
        return found;
    }
}
