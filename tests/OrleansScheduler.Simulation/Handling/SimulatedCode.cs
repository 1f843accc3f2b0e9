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
        catalog.Add("work", () => new Code(context => new ScheduledCall(world, process, context).RunAsync(_ => Task.CompletedTask)), "1");
        catalog.Add("adds", () => new Code(context => new ScheduledCall(world, process, context).RunAsync(AddAsync)), "1");
        catalog.Add("sum", () => new Code(context => SumAsync(world, process, context)), "1");
        catalog.Add("look", () => new Code(context => LookAsync(world, process, context)), "1");
    }

    private static async Task AddAsync(IRunContext context)
    {
        JsonValue? value = await context.ReadAsync(SpaceAccount.Counter);
        context.Write(SpaceAccount.Counter, (value?.AsInt64() ?? 0) + 1);
    }

    private static async Task SumAsync(World world, SimulatedProcess process, IRunContext context)
    {
        await ActionCall.PauseAsync(world, process, context);
        var payload = (JsonObject)context.Payload!;
        long sum = (await ReadAsync(context, payload)).Sum();
        context.Write(Address.Parse(payload["to"]!.AsText()), sum % payload["modulo"]!.AsInt64());
        ActionCall.MayLie(world, process, context);
    }

    private static async Task LookAsync(World world, SimulatedProcess process, IRunContext context)
    {
        await ActionCall.PauseAsync(world, process, context);
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

    private sealed class Code(Func<IRunContext, Task> code) : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => code(context);
    }
}
