namespace OrleansScheduler.Handlers.Processes;

/// <summary>Decides which processes belong to what a run started.</summary>
internal static class ProcessTree
{
    /// <summary>The living members, in the order in which they started.</summary>
    /// <param name="all">All processes of the machine, at one instant.</param>
    /// <param name="root">The process that was started, as the leader of a session of its own.</param>
    /// <param name="known">Members without further proof, by number and start time: our own child, and who was found before.</param>
    /// <param name="ownsSession">True when the root lived a moment ago, so that its number still names its session only.</param>
    /// <param name="isMarked">Whether a process carries the root's mark.</param>
    /// <param name="self">This process, which never belongs.</param>
    /// <remarks>
    /// Members are who is known, whoever carries the mark, whoever is in the root's session or group as long as that is still
    /// the root's, and the descendants of all of these. What leaves the session, loses its parent and clears its environment
    /// as well is not found. The root's number alone proves nothing, because it may be another's by now.
    /// </remarks>
    public static List<ProcessStat> Members(
        IReadOnlyList<ProcessStat> all,
        ProcessIdentity root,
        IReadOnlySet<(int Pid, long StartTime)> known,
        bool ownsSession,
        Func<int, bool> isMarked,
        int self)
    {
        ProcessStat[] candidates = [.. all.Where(p => p.StartTime >= root.StartTime && p.Pid != self && p.Pid != 1 && p.IsAlive)];
        var members = new Dictionary<int, ProcessStat>();
        foreach (ProcessStat process in candidates)
        {
            if (known.Contains((process.Pid, process.StartTime)) || isMarked(process.Pid))
            {
                members[process.Pid] = process;
            }
        }

        // A number is not given out again while it names a session. So one member in it proves that it is still the root's.
        if (ownsSession || members.Values.Any(member => member.Session == root.Pid))
        {
            foreach (ProcessStat process in candidates.Where(p => p.Session == root.Pid))
            {
                members[process.Pid] = process;
            }
        }

        while (AddChildren(candidates, members))
        {
        }

        return [.. members.Values.OrderBy(member => member.StartTime).ThenBy(member => member.Pid)];
    }

    private static bool AddChildren(ProcessStat[] candidates, Dictionary<int, ProcessStat> members)
    {
        int before = members.Count;
        foreach (ProcessStat process in candidates)
        {
            if (members.TryGetValue(process.ParentPid, out ProcessStat parent) && process.StartTime >= parent.StartTime)
            {
                members.TryAdd(process.Pid, process);
            }
        }

        return members.Count > before;
    }
}
