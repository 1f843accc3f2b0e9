using System.Buffers;
using System.Text.Json;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Storage.Paging;
using OrleansScheduler.Identity;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Clocks;

/// <summary>The attentions of a shard: the newest of each schedule, ordered by when they are due.</summary>
internal sealed class ClockState : IJournaledState<ClockEntry>
{
    // The one page of the first layout, until it was replaced.
    private const string FirstLayout = "attentions";

    private readonly MemberPages _pages;
    private readonly Dictionary<ScheduleId, Attention> _attentions = [];
    private readonly SortedSet<(DateTimeOffset Due, ScheduleId Schedule)> _byDue = new(EarliestFirst);
    private readonly Dictionary<string, HashSet<ScheduleId>> _bySinceStart = new(StringComparer.Ordinal);

    private static readonly IComparer<(DateTimeOffset Due, ScheduleId Schedule)> EarliestFirst =
        Comparer<(DateTimeOffset Due, ScheduleId Schedule)>.Create(static (one, other) => one.Due.CompareTo(other.Due) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Schedule.ToString(), other.Schedule.ToString()));

    private bool _isFirstLayout;

    public ClockState() => _pages = new MemberPages("t", Write);

    public int Count => _byDue.Count;

    /// <inheritdoc/>
    public long? ChangedBytes => _pages.ChangedBytes;

    public DateTimeOffset? Earliest => _byDue.Count > 0 ? _byDue.Min.Due : null;

    /// <summary>True when the attention is newer than what is known; an older or repeated one changes nothing.</summary>
    public bool IsNews(ScheduleId schedule, Attention attention) =>
        !_attentions.TryGetValue(schedule, out Attention? known) || attention.Number > known.Number;

    /// <summary>The schedules that are due, earliest first.</summary>
    public IEnumerable<(ScheduleId Schedule, Attention Attention)> DueAt(DateTimeOffset now)
    {
        foreach ((DateTimeOffset due, ScheduleId schedule) in _byDue)
        {
            if (due > now)
            {
                yield break;
            }

            yield return (schedule, _attentions[schedule]);
        }
    }

    /// <summary>The schedules that wait for a start of the deployment and do not know this one. Costs nothing for those that know it.</summary>
    public IEnumerable<(ScheduleId Schedule, Attention Attention)> Awaiting(string start) => _bySinceStart.Count == 0
        ? []
        : _bySinceStart.Where(pair => pair.Key != start).SelectMany(pair => pair.Value).Select(id => (id, _attentions[id]));

    /// <inheritdoc/>
    public void Apply(ClockEntry entry)
    {
        if (!IsNews(entry.Schedule, entry.Attention))
        {
            return;
        }

        if (_attentions.TryGetValue(entry.Schedule, out Attention? old))
        {
            Forget(entry.Schedule, old);
        }

        _pages.Touch(entry.Schedule.ToString());
        Note(entry);
    }

    private void Note(ClockEntry entry)
    {
        _attentions[entry.Schedule] = entry.Attention;
        if (entry.Attention.SinceStart is { } since)
        {
            if (!_bySinceStart.TryGetValue(since, out HashSet<ScheduleId>? waiting))
            {
                _bySinceStart[since] = waiting = [];
            }

            waiting.Add(entry.Schedule);
        }

        if (entry.Attention.Due is { } due)
        {
            _byDue.Add((due, entry.Schedule));
        }
    }

    private void Forget(ScheduleId schedule, Attention old)
    {
        if (old.Due is { } due)
        {
            _byDue.Remove((due, schedule));
        }

        if (old.SinceStart is { } since && _bySinceStart[since].Remove(schedule) && _bySinceStart[since].Count == 0)
        {
            _bySinceStart.Remove(since);
        }
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        if (name == FirstLayout)
        {
            _isFirstLayout = true;
            foreach (ClockEntry entry in JsonSerializer.Deserialize<ClockEntry[]>(content.Span, ContractJson.Options)!)
            {
                Apply(entry);
            }

            return;
        }

        MemberPage page = _pages.Open(name, content.Length);
        foreach (ClockEntry entry in JsonMembers.Read<ClockEntry>(content.Span))
        {
            _pages.Read(page, entry.Schedule.ToString());
            Note(entry);
        }
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write)
    {
        if (_isFirstLayout)
        {
            _isFirstLayout = false;
            write(FirstLayout, null);
        }

        _pages.WriteChanged(write);
    }

    private bool Write(string name, IBufferWriter<byte> output)
    {
        var id = ScheduleId.Parse(name);
        JsonMembers.Write(new ClockEntry(id, _attentions[id]), output);
        return true;
    }
}
