using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Settling;

/// <summary>Drives the passes of a space: runs what is dirty and live, writers before readers. Key: the id of the space.</summary>
/// <remarks>What it has to do is in the space's runnable set. Of its own it keeps only statistics, which may lag behind.</remarks>
[Actor("settler")]
public interface ISettler
{
    /// <summary>A hint that there may be work. It may be lost.</summary>
    Task HintAsync(CancellationToken cancellation);

    /// <summary>Runs what the address needs and nothing else, then reads it.</summary>
    /// <param name="target">What somebody wants to know.</param>
    /// <param name="wait">Zero to 20 s.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<PullAnswer> PullAsync(ReadTarget target, TimeSpan wait, CancellationToken cancellation);

    /// <summary>Waits until nothing that is live is left to run now, or the wait is over.</summary>
    /// <param name="wait">Zero to 20 s.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>True when it is idle.</returns>
    Task<bool> WaitIdleAsync(TimeSpan wait, CancellationToken cancellation);

    /// <summary>Tells what the runs of actions took. It may lag behind: after a crash the newest two seconds are missing.</summary>
    /// <param name="after">The <see cref="StatisticsPage.Next"/> of an earlier page; null to begin.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<StatisticsPage> ListStatisticsAsync(string? after, int limit, CancellationToken cancellation);
}
