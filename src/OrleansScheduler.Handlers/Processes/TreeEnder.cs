namespace OrleansScheduler.Handlers.Processes;

/// <summary>Finds and ends all that a process started, and the process itself. Linux only.</summary>
/// <param name="root">The process that was started.</param>
internal sealed class TreeEnder(ProcessIdentity root)
{
    // Each round kills all that is seen. More than a few are needed only against processes that keep multiplying.
    private const int RoundsMax = 50;

    // Who is neither to be killed, because it is another user's, nor dies, because it hangs in the kernel.
    private const int RoundsInVainMax = 2;

    private static readonly TimeSpan RoundWait = TimeSpan.FromSeconds(1);

    private readonly HashSet<(int Pid, long StartTime)> _known = [];

    /// <summary>From now on the root counts without its mark: it is our own child.</summary>
    public void TrustRoot() => _known.Add((root.Pid, root.StartTime));

    /// <summary>The members that live now; see <see cref="ProcessTree.Members"/>.</summary>
    /// <param name="ownsSession">True when the root lived a moment ago.</param>
    public List<ProcessStat> Find(bool ownsSession)
    {
        List<ProcessStat> members = ProcessTree.Members(
            ProcessTable.All(), root, _known, ownsSession, pid => ProcessTable.HasMark(pid, root.Mark), Environment.ProcessId);
        _known.UnionWith(members.Select(member => (member.Pid, member.StartTime)));
        return members;
    }

    /// <summary>Asks all members to end, waits, and kills who is left.</summary>
    /// <param name="grace">How long they get after they were asked.</param>
    public async Task<TreeEnding> EndAsync(TimeSpan grace)
    {
        List<ProcessStat> members = Find(ownsSession: false);
        var seen = new SortedSet<int>(members.Select(member => member.Pid));
        if (members.Count > 0)
        {
            await SignalAsync(members, NativeProcesses.Terminate, grace);
        }

        int roundsInVain = 0;
        for (int round = 0; round < RoundsMax && roundsInVain < RoundsInVainMax; round++)
        {
            List<ProcessStat> left = Find(ownsSession: false);
            if (left.Count == 0)
            {
                return new TreeEnding([.. seen], []);
            }

            roundsInVain = round > 0 && left.SequenceEqual(members) ? roundsInVain + 1 : 0;
            members = left;
            seen.UnionWith(members.Select(member => member.Pid));
            await SignalAsync(members, NativeProcesses.Kill, RoundWait);
        }

        int[] remaining = [.. Find(ownsSession: false).Select(member => member.Pid)];
        return new TreeEnding([.. seen.Except(remaining)], [.. remaining]);
    }

    // To the whole group in one step, which outruns a member that is just multiplying; then to those who left it.
    private async Task SignalAsync(List<ProcessStat> members, int signal, TimeSpan wait)
    {
        var open = new OpenProcesses(members);
        bool isGroupOurs = members.Any(member => member.Group == root.Pid);
        bool isGroupTold = isGroupOurs && NativeProcesses.Signal(-root.Pid, signal);
        open.Signal(signal, exceptGroup: isGroupTold ? root.Pid : 0);
        await open.WaitAndCloseAsync(wait);
    }
}
