using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Settling;

namespace OrleansScheduler.Core.Settling.Statistics;

/// <summary>What the runs of a space took, in rows of a fixed number of actions, in the order of their first run.</summary>
/// <remarks>A row is what is written at once: the cost of writing follows the actions that ran, not those that exist.</remarks>
internal sealed class StatisticsTable
{
    /// <summary>Actions in one row.</summary>
    public const int RowSize = 500;

    /// <summary>Rows; an action that first runs when all are full is not counted.</summary>
    public const int RowsMax = 400;

    private readonly List<RunStatistics> _entries = [];
    private readonly Dictionary<ActionId, int> _places = [];
    private long _runs;
    private long _failed;
    private TimeSpan _total;

    /// <summary>Counts a run.</summary>
    /// <returns>The row that changed; null when there is no room for the action.</returns>
    public int? Count(FinishedRun run)
    {
        if (!_places.TryGetValue(run.Action, out int place))
        {
            if (_entries.Count == RowSize * RowsMax)
            {
                return null;
            }

            place = _entries.Count;
            Add(new RunStatistics(run.Action, 0, 0, default, default, default, default, default));
        }

        ref RunStatistics entry = ref CollectionsMarshal.AsSpan(_entries)[place];
        long runs = entry.Runs + 1;
        TimeSpan total = entry.Total + run.Duration;
        entry = new RunStatistics(
            run.Action,
            runs,
            entry.Failed + (run.HasFailed ? 1 : 0),
            total,
            total / runs,
            run.Duration > entry.Max ? run.Duration : entry.Max,
            run.Duration,
            run.StartedAt);
        _runs++;
        _failed += run.HasFailed ? 1 : 0;
        _total += run.Duration;
        return place / RowSize;
    }

    /// <summary>Fills in the next row as it was stored.</summary>
    /// <returns>False when it was the last one.</returns>
    public bool Read(ImmutableArray<RunStatistics> row)
    {
        foreach (RunStatistics entry in row)
        {
            Add(entry);
            _runs += entry.Runs;
            _failed += entry.Failed;
            _total += entry.Total;
        }

        return row.Length == RowSize && _entries.Count < RowSize * RowsMax;
    }

    /// <summary>The row as it is now.</summary>
    public ImmutableArray<RunStatistics> Row(int row) =>
        [.. CollectionsMarshal.AsSpan(_entries)[(row * RowSize)..Math.Min(_entries.Count, (row + 1) * RowSize)]];

    /// <summary>A page for people.</summary>
    /// <exception cref="SchedulerException"><c>request_invalid</c> when <paramref name="after"/> is nothing that a page gave.</exception>
    public StatisticsPage List(string? after, int limit)
    {
        int first = 0;
        if (after is not null && (!int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out first) || first > _entries.Count))
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, "'after' is what the page before gave as 'next'.").With("field", "after");
        }

        int end = Math.Min(_entries.Count, first + limit);
        string? next = end < _entries.Count ? end.ToString(CultureInfo.InvariantCulture) : null;
        return new StatisticsPage(_runs, _failed, _total, [.. CollectionsMarshal.AsSpan(_entries)[first..end]], next);
    }

    private void Add(RunStatistics entry)
    {
        _places.Add(entry.Action, _entries.Count);
        _entries.Add(entry);
    }
}
