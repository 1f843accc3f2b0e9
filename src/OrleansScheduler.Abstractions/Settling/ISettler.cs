using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Settling;

/// <summary>Drives the passes of a space: runs what is dirty and live, writers before readers. Key: the id of the space.</summary>
/// <remarks>It holds nothing durable; the space's runnable set is the truth.</remarks>
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
}
