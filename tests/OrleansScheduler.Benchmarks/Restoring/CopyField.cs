using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Benchmarks.Restoring;

/// <summary>The computation: copies the field of <c>in-…</c> that its payload names to the same field of <c>out-…</c>.</summary>
internal sealed class CopyField : IActionHandler
{
    public const string Name = "copy";

    public async Task HandleAsync(IRunContext context)
    {
        var field = context.Payload!.AsText();
        var value = await context.ReadAsync(Input(field));
        context.Write(Output(field), value!);
    }

    public static Address Input(string field) => Address.Parse($"in-{field}");

    public static Address Output(string field) => Address.Parse($"out-{field}");
}
