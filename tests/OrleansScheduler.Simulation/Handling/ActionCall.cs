using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>How the handlers of actions take their time, and lie.</summary>
internal static class ActionCall
{
    public static async Task PauseAsync(World world, SimulatedProcess process, IRunContext context)
    {
        world.Note($"handler of {context.Run}");
        world.Ledger.Space(SpaceSteps.Key).Called[context.Run] = world.Elapsed;
        switch (Mood.Of(world.Plan.Seed, context.Run, world.IsCalm))
        {
            case < 4:
                throw new InvalidOperationException("It is broken.");
            case < 6 when !world.IsCalm:
                await Task.Delay(Timeout.InfiniteTimeSpan, process.Time, context.Cancellation);
                break;
            case < 60 and var mood:
                await Task.Delay(TimeSpan.FromMilliseconds(5 * mood), process.Time, context.Cancellation);
                break;
        }
    }

    /// <summary>Some write after they have returned.</summary>
    public static void MayLie(World world, SimulatedProcess process, IRunContext context)
    {
        if (Mood.Of(world.Plan.Seed, context.Run, false) % 10 == 3)
        {
            _ = LieAsync(world, process, context);
        }
    }

    private static async Task LieAsync(World world, SimulatedProcess process, IRunContext context)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), process.Time);
            context.Write(Documents.Address.Parse("in/0"), 99);
            world.Fail("closed", $"{context.Run} could still write after its handler had returned.");
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
