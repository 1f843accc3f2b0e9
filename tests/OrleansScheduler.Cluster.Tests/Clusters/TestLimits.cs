using System.Diagnostics;
using System.Globalization;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>How long tests may take, in real time. Whatever hangs fails with a message, and all of them end in bounded time: in what the
/// variable SCHEDULER_TEST_SECONDS says, or 390 s.</summary>
internal static class TestLimits
{
    private static readonly TimeSpan AllMax = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("SCHEDULER_TEST_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : 390);

    /// <summary>How long a test may take that waits for nothing but silos of its own: 117 s as a rule.</summary>
    /// <remarks>Whoever gives all of them more time has a slow machine.</remarks>
    public static readonly TimeSpan OneMax = AllMax * 3 / 10;

    private static readonly TimeSpan StepMax = AllMax * 2 / 15;
    private static readonly long Began = Stopwatch.GetTimestamp();

#pragma warning disable RS0030 // What hangs is noticed by the real clock only.
    private static TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Gives a test up when it takes too long, or all of them do.</summary>
    /// <param name="giveUp">Ends its waits, with the reason.</param>
    /// <returns>Ends the watch.</returns>
    /// <exception cref="TimeoutException">The time of all tests is over.</exception>
    public static IDisposable Watch(Action<string> giveUp)
    {
        TimeSpan left = AllMax - Stopwatch.GetElapsedTime(Began);
        if (left <= TimeSpan.Zero)
        {
            throw new TimeoutException($"All tests of the project have {AllMax.TotalSeconds} s, which are over.");
        }

        TimeSpan limit = left < OneMax ? left : OneMax;
        return Clock.CreateTimer(
            _ => giveUp($"The test took longer than the {limit.TotalSeconds:0} s that it had."), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for a step of a cluster, and no longer than that may take.</summary>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static async Task StepAsync(string name, Task step)
    {
        try
        {
            await step.WaitAsync(StepMax, Clock);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"To {name} took longer than {StepMax.TotalSeconds} s.");
        }
    }
}
