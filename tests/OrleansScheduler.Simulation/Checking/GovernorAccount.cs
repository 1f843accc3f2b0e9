using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Governing;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>The slots as they follow from what has landed: never more than the caps, tokens that only grow, each ended once.</summary>
internal sealed class GovernorAccount(World world)
{
    // The product measures from when it asked, which is not known here.
    private static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, int> _groups = new(StringComparer.Ordinal);
    private int _cap = GovernorState.CapDefault;
    private long _token;

    /// <summary>Who holds a slot, by run.</summary>
    public Dictionary<string, Lease> Leases { get; } = new(StringComparer.Ordinal);

    public long Granted => _token;

    public int Cap => _cap;

    public void Apply(GovernorEntry entry)
    {
        switch (entry)
        {
            case GovernorEntry.Configured configured:
                _cap = configured.Settings.Cap;
                _groups.Clear();
                foreach ((string group, int cap) in configured.Settings.Groups)
                {
                    _groups[group] = cap;
                }

                break;
            case GovernorEntry.Granted { Lease: var lease }:
                Grant(lease);
                break;
            case GovernorEntry.Ended ended:
                End(ended);
                break;
        }
    }

    /// <summary>Whether a run holds a slot for a process.</summary>
    public bool Holds(string run, int process) =>
        Leases.TryGetValue(run, out Lease? lease) && lease.Process == process.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the slot of a run is so old that its handler gets less than its limit: storing the claim took long.</summary>
    public bool IsOld(string run, TimeSpan limit) =>
        Leases.TryGetValue(run, out Lease? lease) && lease.ExpiresAt - world.Time.GetUtcNow() < limit + RegisteredHandler.GraceMax + Doubtful;

    private void Grant(Lease lease)
    {
        if (lease.Token != _token + 1)
        {
            world.Fail("token", $"The token {lease.Token} of {lease.Run} follows {_token}.");
        }

        _token = lease.Token;
        int inGroup = Leases.Values.Count(other => other.Group == lease.Group);
        if (Leases.Count >= _cap || (lease.Group is { } group && _groups.TryGetValue(group, out int cap) && inGroup >= cap))
        {
            world.Fail("cap", $"{lease.Run} got a slot while {Leases.Count} of {_cap} were taken, {inGroup} in its group '{lease.Group}'.");
        }

        if (!Leases.TryAdd(lease.Run.ToString(), lease))
        {
            world.Fail("lease", $"{lease.Run} got a second slot.");
        }
    }

    private void End(GovernorEntry.Ended ended)
    {
        string run = ended.Run.ToString();
        if (!Leases.TryGetValue(run, out Lease? lease) || lease.Token != ended.Token)
        {
            world.Fail("lease", $"The lease {ended.Token} of {run} ended, but it is not held.");
            return;
        }

        Leases.Remove(run);
        if (ended.Expired && world.Ledger.Runs.TryGetValue(run, out RunAccount? late))
        {
            late.LostSlot = true;
        }

        // Whoever ignores its cancellation, or is called off after its time, or was cut off from its activation, is known to go on.
        if (world.Ledger.Runs.GetValueOrDefault(run) is { Inside: > 0, IgnoresItsEnd: false, HasLittleTime: false, Status: not (RunStatus.HostLost or RunStatus.Timeout) } account
            && account.CalledBy == world.Process?.Number && Holds(lease)
            && world.Elapsed - account.CalledAt < world.Ledger.Schedule(account.Run.Schedule.ToString()).ShortestLimit)
        {
            world.Fail("slot", $"{run} gave its slot back while its handler was at work ({account.Status}).");
        }
    }

    private bool Holds(Lease lease) => lease.Process == world.Process?.Number.ToString(CultureInfo.InvariantCulture);
}
