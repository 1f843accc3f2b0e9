using OrleansScheduler.Core.History;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>The history as it follows from what has landed: nothing that has not ended, and nothing twice.</summary>
internal sealed class HistoryAccount(World world)
{
    public void Apply(HistoryEntry entry)
    {
        foreach (ScheduleRun run in entry is HistoryEntry.Recorded recorded ? recorded.Runs : [])
        {
            if (world.Ledger.Runs.GetValueOrDefault(run.Run.ToString()) is not { IsOpen: false } known || known.Status != run.Status || known.EndedAt != run.EndedAt)
            {
                world.Fail("history", $"It has {run.Run} as {run.Status}, which is not what was stored.");
            }
            else if (++known.Recorded > 1)
            {
                world.Fail("history", $"It has {run.Run} twice.");
            }
        }
    }

    /// <summary>When everything has come to rest: every ended run is there.</summary>
    public void CheckAtRest()
    {
        foreach (RunAccount run in world.Ledger.Runs.Values.Where(run => run.Recorded != 1))
        {
            world.Fail("history", $"{run.Run} ended as {run.Status} and is in the history {run.Recorded} times.");
        }
    }
}
