using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>The code that schedules and actions run: quick, slow, failing, hanging, lying. How a run behaves follows from its name.</summary>
internal static class SimulatedCode
{
    public static void Register(HandlerCatalog catalog, World world, SimulatedProcess process)
    {
        catalog.Add("work", () => new Code(world, context => new ScheduledCall(world, process, context, "work").RunAsync(_ => Task.CompletedTask)), "1");
        catalog.Add("adds", () => new Code(world, context => new ScheduledCall(world, process, context, "adds").RunAsync(AddAsync)), "1");
        catalog.Add("sum", () => new Code(world, context => SumAsync(world, process, context)), "1");
        catalog.Add("grow", () => new Code(world, context => GrowAsync(world, process, context)), "1");
        catalog.Add("look", () => new Code(world, context => LookAsync(world, process, context)), "1");
    }

    private static async Task AddAsync(IRunContext context)
    {
        JsonValue? value = await context.ReadAsync(SpaceAccount.Counter);
        context.Write(SpaceAccount.Counter, (value?.AsInt64() ?? 0) + 1);
    }

    private static async Task SumAsync(World world, SimulatedProcess process, IRunContext context)
    {
        await ActionCall.PauseAsync(world, process, context, "sum");
        var payload = (JsonObject)context.Payload!;
        long sum = (await ReadAsync(context, payload)).Sum();
        string to = payload["to"]!.AsText();
        context.Write(Address.Parse(to), sum % payload["modulo"]!.AsInt64());
        if (payload["side"]!.Equals((JsonValue)true))
        {
            context.Write(Address.Parse($"side/{to.Split('/')[1]}"), sum);
        }

        ActionCall.MayThrow(world, context);
        ActionCall.MayLie(world, process, context);
    }

    // What it writes is among what it reads.
    private static async Task GrowAsync(World world, SimulatedProcess process, IRunContext context)
    {
        await ActionCall.PauseAsync(world, process, context, "grow");
        var payload = (JsonObject)context.Payload!;
        await ReadAsync(context, payload);
        var own = Address.Parse(payload["to"]!.AsText());
        JsonValue? before = await context.ReadAsync(own);
        context.Write(own, (before?.AsInt64() ?? 0) + 1);
        ActionCall.MayThrow(world, context);
    }

    private static async Task LookAsync(World world, SimulatedProcess process, IRunContext context)
    {
        await ActionCall.PauseAsync(world, process, context, "look");
        await ReadAsync(context, (JsonObject)context.Payload!);
    }

    private static async Task<List<long>> ReadAsync(IRunContext context, JsonObject payload)
    {
        List<long> values = [];
        foreach (JsonValue address in ((JsonArray)payload["from"]!).Items)
        {
            values.Add((await context.ReadAsync(Address.Parse(address.AsText())))?.AsInt64() ?? 0);
        }

        return values;
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
