using System.Collections.Immutable;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Governing;

/// <summary>Who waits for a slot: one queue per group, ordered by who has waited longest.</summary>
internal sealed class WaitingRuns
{
    private readonly Dictionary<RunId, WaitingRun> _byRun = [];
    private readonly Dictionary<string, SortedSet<WaitingRun>> _byGroup = new(StringComparer.Ordinal);

    // For positions only. Who comes is mostly the last one; who goes costs the shift of an array.
    private readonly List<WaitingRun> _inOrder = [];

    public int Count => _byRun.Count;

    /// <summary>The place of a run, which it keeps while it asks again. From another process, or for another duration, it is another request.</summary>
    public WaitingRun Enter(SlotRequest request)
    {
        if (_byRun.TryGetValue(request.Run, out WaitingRun? known))
        {
            if (known.Request == request)
            {
                return known;
            }

            Leave(request.Run);
        }

        var waiting = new WaitingRun(request);
        _byRun.Add(request.Run, waiting);
        string group = request.Group ?? "";
        if (!_byGroup.TryGetValue(group, out SortedSet<WaitingRun>? queue))
        {
            _byGroup[group] = queue = new SortedSet<WaitingRun>(WaitingRun.Order);
        }

        queue.Add(waiting);
        _inOrder.Insert(~_inOrder.BinarySearch(waiting, WaitingRun.Order), waiting);
        return waiting;
    }

    /// <summary>Whether a newer process waits for the run than the one that asks.</summary>
    public bool IsSuperseded(SlotRequest request) =>
        _byRun.TryGetValue(request.Run, out WaitingRun? known)
        && known.Request.Process != request.Process
        && SlotRank.Of(request).CompareTo(SlotRank.Of(known.Request)) < 0;

    /// <summary>The process that waits for a run; null for none.</summary>
    public string? ProcessOf(RunId run) => _byRun.TryGetValue(run, out WaitingRun? known) ? known.Request.Process : null;

    /// <summary>The runs of processes that do not live.</summary>
    public IEnumerable<RunId> OfOthers(ImmutableArray<string> living) =>
        [.. _byRun.Values.Where(waiting => !living.Contains(waiting.Request.Process)).Select(waiting => waiting.Request.Run)];

    public bool Holds(RunId run) => _byRun.ContainsKey(run);

    public bool Leave(RunId run)
    {
        if (!_byRun.Remove(run, out WaitingRun? waiting))
        {
            return false;
        }

        _inOrder.RemoveAt(_inOrder.BinarySearch(waiting, WaitingRun.Order));
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
            if (hasRoom(group) && queue.FirstOrDefault(waiting => waiting.IsListening) is { } head
                && (next is null || WaitingRun.Order.Compare(head, next) < 0))
            {
                next = head;
            }
        }

        return next;
    }

    /// <summary>How many wait before a run, plus one.</summary>
    public int PositionOf(WaitingRun waiting)
    {
        int index = _inOrder.BinarySearch(waiting, WaitingRun.Order);
        return 1 + (index < 0 ? ~index : index);
    }

    /// <summary>Those that have not asked for a while.</summary>
    public IEnumerable<RunId> SilentSince(TimeSpan instant) =>
        [.. _byRun.Values.Where(waiting => !waiting.IsListening && waiting.AskedAt < instant).Select(waiting => waiting.Request.Run)];
}
