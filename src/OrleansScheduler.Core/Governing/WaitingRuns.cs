using OrleansScheduler.Governing;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Governing;

/// <summary>Who waits for a slot: one queue per group, ordered by who has waited longest.</summary>
internal sealed class WaitingRuns
{
    private readonly Dictionary<RunId, WaitingRun> _byRun = [];
    private readonly Dictionary<string, SortedSet<WaitingRun>> _byGroup = new(StringComparer.Ordinal);

    public int Count => _byRun.Count;

    /// <summary>The place of a run, which it keeps while it asks again.</summary>
    public WaitingRun Enter(SlotRequest request)
    {
        if (_byRun.TryGetValue(request.Run, out WaitingRun? known))
        {
            return known;
        }

        var waiting = new WaitingRun(request);
        _byRun.Add(request.Run, waiting);
        string group = request.Group ?? "";
        if (!_byGroup.TryGetValue(group, out SortedSet<WaitingRun>? queue))
        {
            _byGroup[group] = queue = new SortedSet<WaitingRun>(WaitingRun.Order);
        }

        queue.Add(waiting);
        return waiting;
    }

    public bool Holds(WaitingRun waiting) => _byRun.TryGetValue(waiting.Request.Run, out WaitingRun? held) && held == waiting;

    public bool Leave(RunId run)
    {
        if (!_byRun.Remove(run, out WaitingRun? waiting))
        {
            return false;
        }

        string group = waiting.Request.Group ?? "";
        SortedSet<WaitingRun> queue = _byGroup[group];
        queue.Remove(waiting);
        if (queue.Count == 0)
        {
            _byGroup.Remove(group);
        }

        return true;
    }

    /// <summary>Who is next: the longest waiting one that listens, of the groups that have room. Costs grow with the groups, not with who waits.</summary>
    public WaitingRun? Next(Func<string, bool> hasRoom)
    {
        WaitingRun? next = null;
        foreach ((string group, SortedSet<WaitingRun> queue) in _byGroup)
        {
            if (hasRoom(group) && queue.FirstOrDefault(waiting => waiting.Answer is not null) is { } head
                && (next is null || WaitingRun.Order.Compare(head, next) < 0))
            {
                next = head;
            }
        }

        return next;
    }

    /// <summary>How many wait before a run, plus one. For people: it is counted.</summary>
    public int PositionOf(WaitingRun waiting) => 1 + _byRun.Values.Count(other => WaitingRun.Order.Compare(other, waiting) < 0);

    /// <summary>Those that have not asked for a while.</summary>
    public IEnumerable<RunId> SilentSince(DateTimeOffset instant) =>
        [.. _byRun.Values.Where(waiting => waiting.Answer is null && waiting.AskedAt < instant).Select(waiting => waiting.Request.Run)];
}
