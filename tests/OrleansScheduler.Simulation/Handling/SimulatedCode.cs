using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>The code that schedules and actions run: quick, slow, failing, hanging, lying. How a run behaves follows from its name.</summary>
internal static class SimulatedCode
{
    /// <param name="catalog">Where it is registered.</param>
    /// <param name="world">The world.</param>
    /// <param name="process">The process that runs it.</param>
    /// <param name="code">The version of what actions run.</param>
    public static void Register(HandlerCatalog catalog, World world, SimulatedProcess process, string code)
    {
        string own = world.Bug is { ChangesCode: true } ? $"{process.Number}" : "1";
        string actions = world.Bug is { ChangesCode: true } ? own : code;
        catalog.Add("work", () => new Code(world, context => new ScheduledCall(world, process, context, "work").RunAsync(_ => Task.CompletedTask)), own);
        catalog.Add("adds", () => new Code(world, context => new ScheduledCall(world, process, context, "adds").RunAsync(AddAsync)), own);
        foreach (string handler in (string[])["sum", "grow", "look", "ring", "spin", "count"])
        {
            catalog.Add(handler, () => new Code(world, context => ActAsync(world, process, context, handler)), actions);
        }
    }

    private static async Task AddAsync(IRunContext context)
    {
        JsonValue? value = await context.ReadAsync(SpaceAccount.Counter);
        context.Write(SpaceAccount.Counter, (value?.AsInt64() ?? 0) + 1);
    }

    // It notes what it reads, and writes what follows from that.
    private static async Task ActAsync(World world, SimulatedProcess process, IRunContext context, string handler)
    {
        var payload = (JsonObject)context.Payload!;
        HandlerCall call = world.Ledger.Space(payload["space"]!.AsText()).Call(context.Run, process.Code, context.Instant);
        await ActionCall.PauseAsync(world, process, context, handler);
        foreach (ReadTarget target in ActionCode.Reads(handler, payload))
        {
            await call.ReadAsync(context, target);
        }

        foreach (Operation write in ActionCode.Writes(handler, payload, call.NumberAt))
        {
            Do(context, write);
        }

        ActionCall.MayThrow(world, context);
        ActionCall.MayLie(world, process, context);
        call.HasReturned = true;
    }

    private static void Do(IRunContext context, Operation write)
    {
        if (write is SetOperation set)
        {
            context.Write(set.Address, set.Value);
        }
        else
        {
            context.Remove(((RemoveOperation)write).Address);
        }
    }

    private sealed class Code(World world, Func<IRunContext, Task> code) : IActionHandler
    {
        public async Task HandleAsync(IRunContext context)
        {
            try
            {
                await code(context);
            }
            catch (Exception fault) when (fault is NullReferenceException or KeyNotFoundException or InvalidCastException or ArgumentException or IndexOutOfRangeException)
            {
                // No handler fails like that on purpose; the product would take it for one more run that failed.
                world.Fail("simulation", $"{context.Run}: {fault}");
                throw;
            }
        }
    }
}
