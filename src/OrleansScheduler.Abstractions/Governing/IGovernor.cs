using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Governing;

/// <summary>Decides who may run: never more runs hold a slot than the caps allow. Key: <see cref="Key"/>.</summary>
[Actor("governor")]
public interface IGovernor
{
    /// <summary>The key of the one governor.</summary>
    const string Key = "governor";

    /// <summary>Asks for a slot, and waits for one. Repeating it for a run that has one answers with the same lease. When two processes
    /// ask for one run, the one that knows more of it wins: the other was replaced and does not know yet.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="wait">How long to wait, 0 to 20 s.</param>
    /// <param name="cancellation">Ends the wait; a slot that is granted nevertheless has to be released.</param>
    Task<Admission> AcquireAsync(SlotRequest request, TimeSpan wait, CancellationToken cancellation);

    /// <summary>Gives a slot back, or the place in the queue. Repeating it changes nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="process">Only what this process has for the run. Null for whatever process has it: for a run whose end is stored.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task ReleaseAsync(RunId run, string? process, CancellationToken cancellation);

    /// <summary>Ends the leases of processes that are gone, and takes their runs out of the queue.</summary>
    /// <param name="living">The processes that live.</param>
    /// <param name="upTo">Leases with a greater token are left alone: they may be of a process that came after <paramref name="living"/>
    /// was read. <see cref="long.MaxValue"/> for an engine that knows to be alone.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task EndLeasesOfOthersAsync(ImmutableArray<string> living, long upTo, CancellationToken cancellation);

    /// <summary>Changes how many runs may be under way. What runs goes on.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>.</exception>
    Task<GovernorSnapshot> ConfigureAsync(GovernorSettings settings, CancellationToken cancellation);

    /// <summary>The governor as it is.</summary>
    Task<GovernorSnapshot> GetAsync(CancellationToken cancellation);
}
