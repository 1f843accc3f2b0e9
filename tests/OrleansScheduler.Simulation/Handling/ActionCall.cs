using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>How the handlers of actions take their time, and lie.</summary>
internal static class ActionCall
{
    // Longer than any action may run.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(5);

    public static async Task PauseAsync(World world, SimulatedProcess process, IRunContext context, string handler)
    {
        world.Note($"handler of {context.Run}");
        world.Ledger.Space(((JsonObject)context.Payload!)["space"]!.AsText()).Called[context.Run] = world.Elapsed;
        switch (Mood.Of(world.Plan.Seed, context.Run, world.IsCalm))
        {
            case < 4:
                throw new InvalidOperationException("It is broken.");
            case < 6 when !world.IsCalm:
                await Task.Delay(Timeout.InfiniteTimeSpan, process.Time, context.Cancellation);
                break;
            case 6 when !world.IsCalm && process.MayIgnoreItsEnd(handler):
                await IgnoreAsync(world, process, context);
                break;
            case < 60 and var mood:
                await Task.Delay(TimeSpan.FromMilliseconds(5 * mood), process.Time, context.Cancellation);
                break;
        }
    }

    /// <summary>Some throw after they have written.</summary>
    public static void MayThrow(World world, IRunContext context)
    {
        if (Mood.Of(world.Plan.Seed, context.Run, world.IsCalm) == 8)
        {
            context.Write(SpaceAccount.Thrown, 1);
            throw new InvalidOperationException("It has written, and is broken.");
        }
    }

    /// <summary>Some write after they have returned.</summary>
    public static void MayLie(World world, SimulatedProcess process, IRunContext context)
    {
        if (Mood.Of(world.Plan.Seed, context.Run, false) % 10 == 3)
        {
            _ = LieAsync(world, process, context, TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>Goes on long past the end of its run, and then writes: nobody may see that.</summary>
    public static async Task IgnoreAsync(World world, SimulatedProcess process, IRunContext context, TimeSpan? tooLong = null)
    {
        await LieAsync(world, process, context, tooLong ?? TooLong);
        throw new InvalidOperationException("It comes back when nobody waits for it any more.");
    }

    private static async Task LieAsync(World world, SimulatedProcess process, IRunContext context, TimeSpan after)
    {
        try
        {
            await Task.Delay(after, process.Time);
            context.Write(SpaceAccount.Thrown, 99);
            world.Fail("closed", $"{context.Run} could still write after its end.");
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
