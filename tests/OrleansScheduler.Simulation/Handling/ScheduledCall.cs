using OrleansScheduler.Actions;
using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>One call of the handler of a schedule's run, which checks whether it may be called at all.</summary>
internal sealed class ScheduledCall(World world, SimulatedProcess process, IRunContext context, string handler)
{
    // Longer than any run of a plan may take.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(25);

    public async Task RunAsync(Func<IRunContext, Task> work)
    {
        if (world.Process != process)
        {
            // It has been replaced and does not know: what it does may come to nothing, and nobody can keep it from being called.
            await BehaveAsync(work);
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
            await BehaveAsync(work);
            run.MayConflict = true;
        }
        finally
        {
            run.Inside--;
        }
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

    private async Task BehaveAsync(Func<IRunContext, Task> work)
    {
        int mood = Mood.Of(world.Plan.Seed, context.Run, world.IsCalm);
        switch (mood)
        {
            case < 8:
                await PauseAsync(50 + (mood * 30));
                throw new InvalidOperationException("It is broken.");
            case > 8 and < 16 when !world.IsCalm:
                await Task.Delay(Timeout.InfiniteTimeSpan, process.Time, context.Cancellation);
                break;
            case < 20 when !world.IsCalm && process.MayIgnoreItsEnd(handler):
                world.Ledger.Runs[context.Run].IgnoresItsEnd = true;
                await ActionCall.IgnoreAsync(world, process, context, TooLong);
                break;
            case < 30 when !world.IsCalm:
                await PauseAsync(500 + mood * 200);
                break;
            case < 60:
                await PauseAsync(mood);
                break;
        }

        await work(context);
        if (mood == 8 && handler == "adds")
        {
            context.Write(SpaceAccount.Thrown, 1);
            throw new InvalidOperationException("It has written, and is broken.");
        }

        if (mood % 10 == 3)
        {
            _ = LieAsync();
        }
    }

    // It goes on after it has returned: nobody may see what it does then.
    private async Task LieAsync()
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), process.Time);
            context.Log("too late");
            world.Fail("closed", $"{context.Run} could still log after its handler had returned.");
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private Task PauseAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), process.Time, context.Cancellation);
}
