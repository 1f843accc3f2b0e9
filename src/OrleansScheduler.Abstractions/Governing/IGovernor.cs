using OrleansScheduler.Engine;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Governing;

/// <summary>Decides who may run: never more runs hold a slot than the caps allow. Key: <see cref="Key"/>.</summary>
[Actor("governor")]
public interface IGovernor
{
    /// <summary>The key of the one governor.</summary>
    const string Key = "governor";

    /// <summary>Asks for a slot, and waits for one. Repeating it for a run that has one answers with the same lease.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="wait">How long to wait, 0 to 20 s.</param>
    /// <param name="cancellation">Ends the wait; a slot that is granted nevertheless has to be released.</param>
    Task<Admission> AcquireAsync(SlotRequest request, TimeSpan wait, CancellationToken cancellation);

    /// <summary>Gives a slot back, or the place in the queue. Repeating it changes nothing.</summary>
    Task ReleaseAsync(RunId run, CancellationToken cancellation);

    /// <summary>Ends all leases of other processes: for an engine that is alone, at its start.</summary>
    Task EndLeasesOfOthersAsync(string process, CancellationToken cancellation);

    /// <summary>Changes how many runs may be under way. What runs goes on.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>.</exception>
    Task<GovernorSnapshot> ConfigureAsync(GovernorSettings settings, CancellationToken cancellation);

    /// <summary>The governor as it is.</summary>
    Task<GovernorSnapshot> GetAsync(CancellationToken cancellation);
}
