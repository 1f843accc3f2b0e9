using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Benchmarks.Restoring;

/// <summary>The effect: reads so many documents <c>out-…</c> as its payload says, and keeps their computations live.</summary>
internal sealed class ReadAll : IActionHandler
{
    public const string Name = "read-all";

    public async Task HandleAsync(IRunContext context)
    {
        var documents = context.Payload!.AsInt64();
        for (var number = 0; number < documents; number++)
        {
            await context.ReadAsync(Document(number));
        }
    }

    public static Address Document(int number) => Address.Of(DocumentId.Parse($"out-{number}"));
}
