using OrleansScheduler.Handlers;

namespace OrleansScheduler.Cli.Servers;

/// <summary>Notes its payload.</summary>
internal sealed class SaysWhatItWasTold : IActionHandler
{
    public Task HandleAsync(IRunContext context)
    {
        context.Log($"told {context.Payload}");
        return Task.CompletedTask;
    }
}
