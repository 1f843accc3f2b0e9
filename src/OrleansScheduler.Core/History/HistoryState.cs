using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.History;

/// <summary>Ended runs, ordered by when they ended. Pages hold 200 each in the order of arrival, so that only the newest is rewritten.</summary>
internal sealed class HistoryState : IJournaledState<HistoryEntry>
{
    private const int RunsPerPage = 200;
    private const int PagesAtOnce = 10;

    private readonly List<ScheduleRun> _arrived = [];
    private readonly Dictionary<RunId, ScheduleRun> _byRun = [];
    private readonly SortedSet<ScheduleRun> _byEnd = new(NewestFirst);
    private readonly SortedDictionary<int, ScheduleRun[]> _read = [];
    private int _pagesWritten;
    private int _pageBytes;
    private int _changedFrom;

    /// <summary>Newest first.</summary>
    private static readonly IComparer<ScheduleRun> NewestFirst = Comparer<ScheduleRun>.Create((one, other) => Compare(
        other.EndedAt!.Value, other.Run, one.EndedAt!.Value, one.Run));

    public int Count => _arrived.Count;

    /// <summary>How many runs one step of clearing takes: those of the last pages, so that the others stay as they are.</summary>
    public int ClearedAtOnce => Count - (Math.Max(0, ((Count + RunsPerPage - 1) / RunsPerPage) - PagesAtOnce) * RunsPerPage);

    /// <inheritdoc/>
    public long? ChangedBytes =>
        _changedFrom < _arrived.Count ? (long)_pageBytes * (((_arrived.Count - 1) / RunsPerPage) + 1 - (_changedFrom / RunsPerPage)) : 0;

    /// <summary>Those that are not known yet.</summary>
    public ImmutableArray<ScheduleRun> News(ImmutableArray<ScheduleRun> runs) => [.. runs.Where(run => !_byRun.ContainsKey(run.Run)).DistinctBy(run => run.Run)];

    public ScheduleRun? Find(RunId run) => _byRun.GetValueOrDefault(run);

    public HistoryPage List(HistoryQuery query)
    {
        IEnumerable<ScheduleRun> runs = query.Before is { } before ? After(before) : _byEnd;
        List<ScheduleRun> found =
        [
            .. runs.Where(run => (query.Schedule is not { } schedule || run.Run.Schedule == schedule)
                    && (query.Status is not { } status || run.Status == status))
                .Take(query.Limit + 1),
        ];
        return new HistoryPage([.. found.Take(query.Limit)], found.Count > query.Limit);
    }

    /// <inheritdoc/>
    public void Apply(HistoryEntry entry)
    {
        switch (entry)
        {
            case HistoryEntry.Recorded recorded:
                foreach (ScheduleRun run in recorded.Runs)
                {
                    Add(run);
                }

                break;
            case HistoryEntry.Cleared cleared:
                Clear(Math.Max(0, Count - (cleared.Runs ?? Count)));
                break;
        }
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        _pageBytes = Math.Max(_pageBytes, content.Length);
        _read[int.Parse(name, CultureInfo.InvariantCulture)] = JsonSerializer.Deserialize<ScheduleRun[]>(content.Span, ContractJson.Options)!;
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
        foreach (ScheduleRun run in _read.Values.SelectMany(page => page))
        {
            Add(run);
        }

        _pagesWritten = _read.Count;
        _read.Clear();
        _changedFrom = _arrived.Count;
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write)
    {
        int pages = (_arrived.Count + RunsPerPage - 1) / RunsPerPage;
        for (int page = _changedFrom / RunsPerPage; page < pages; page++)
        {
            ScheduleRun[] runs = [.. _arrived.Skip(page * RunsPerPage).Take(RunsPerPage)];
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(runs, ContractJson.Options);
            _pageBytes = Math.Max(_pageBytes, content.Length);
            write(NameOf(page), content);
        }

        for (int page = pages; page < _pagesWritten; page++)
        {
            write(NameOf(page), null);
        }

        (_pagesWritten, _changedFrom) = (pages, _arrived.Count);
    }

    private static string NameOf(int page) => page.ToString(CultureInfo.InvariantCulture);

    private static int Compare(DateTimeOffset one, RunId run, DateTimeOffset other, RunId otherRun) =>
        one.CompareTo(other) is not 0 and var order ? order : string.CompareOrdinal(run.ToString(), otherRun.ToString());

    private void Clear(int from)
    {
        foreach (ScheduleRun run in _arrived.Skip(from))
        {
            _byRun.Remove(run.Run);
            _byEnd.Remove(run);
        }

        _arrived.RemoveRange(from, Count - from);
        _changedFrom = Math.Min(_changedFrom, from);
    }

    private void Add(ScheduleRun run)
    {
        if (_byRun.TryAdd(run.Run, run))
        {
            _arrived.Add(run);
            _byEnd.Add(run);
        }
    }

    // The set cannot be entered in the middle by a key that it does not hold, but by a run that would stand there.
    private IEnumerable<ScheduleRun> After(HistoryCursor cursor)
    {
        if (_byEnd.Count == 0)
        {
            return [];
        }

        ScheduleRun place = _byEnd.Max! with { EndedAt = cursor.EndedAt, Run = cursor.Run };
        return NewestFirst.Compare(place, _byEnd.Max!) >= 0
            ? []
            : _byEnd.GetViewBetween(place, _byEnd.Max!).Where(run => run.Run != cursor.Run);
    }
}
