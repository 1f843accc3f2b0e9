using OrleansScheduler.Actions;
using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>One call of the handler of a schedule's run, which checks whether it may be called at all.</summary>
internal sealed class ScheduledCall(World world, SimulatedProcess process, IRunContext context, string handler)
{
    public async Task RunAsync(Func<IRunContext, Task> work)
    {
        if (world.Process != process)
        {
            // It has been replaced and does not know: what it does may come to nothing, and nobody can keep it from being called.
            await BehaveAsync(work, world.Ledger.Runs.GetValueOrDefault(context.Run));
            return;
        }

        RunAccount? run = null;
        world.Guard("simulation", () => run = Enter());
        if (run is null)
        {
            return;
        }

        run.Inside++;
        try
        {
            await BehaveAsync(work, run);
            run.MayConflict = true;
        }
        finally
        {
            run.Inside--;
        }
    }

    // How the run may end follows from how its handler did.
    private async Task BehaveAsync(Func<IRunContext, Task> work, RunAccount? run)
    {
        var tracked = new TrackedContext(context);
        run?.Began += 1;
        try
        {
            await new ScheduledBehaviour(world, process, tracked, handler).RunAsync(work);
        }
        catch (Exception)
        {
            run?.Threw += 1;
            throw;
        }

        run?.Returned += 1;
        run?.Wrote = tracked.Wrote;
        run?.Completes = tracked.Completes;
    }

    // Nothing leaves before it is stored: neither the run nor its slot. And no run starts twice, but after a conflict.
    private RunAccount? Enter()
    {
        world.Note($"handler of {context.Run}");
        world.Ledger.Read(process.Store);
        if (!world.Ledger.Runs.TryGetValue(context.Run, out RunAccount? run))
        {
            world.Fail("durable", $"The handler of {context.Run} was called before the run was stored.");
            return null;
        }

        if (world.Latest < run.NotBefore)
        {
            world.Fail("early", $"The handler of {context.Run} was called before {run.NotBefore:O}.");
        }

        // The call of a run that had its slot may meet the deletion of its schedule; it is asked to stop in the next moment.
        bool isOver = !run.IsOpen
            && (context.Cancellation.IsCancellationRequested || (run.WasDeleted && world.Ledger.Governor.Holds(context.Run, process.Number)));
        if (run.Status != RunStatus.Running && !isOver)
        {
            world.Fail("durable", $"The handler of {context.Run} was called while it is {run.Status}.");
        }
        else if (!world.Ledger.Governor.Holds(context.Run, process.Number) && !isOver)
        {
            world.Fail("slot", $"The handler of {context.Run} was called without a slot{(run.LostSlot ? ": its lease had expired" : "")}.");
        }
        else if (run.Calls > 0 && !(run.MayConflict && run.CalledBy == process.Number && run.Calls < 3 && run.Inside == 0))
        {
            world.Fail("once", $"The handler of {context.Run} was called again in process {process.Number}, after {run.CalledBy}.");
        }

        run.HasLittleTime |= world.Ledger.Governor.IsOld(context.Run, world.Ledger.Schedule(run.Run.Schedule.ToString()).ShortestLimit);
        run.CalledAt = run.Calls++ == 0 ? world.Elapsed : run.CalledAt;
        (run.CalledBy, run.MayConflict) = (process.Number, false);
        return run;
    }
}
