using OrleansScheduler.Handlers;

namespace OrleansScheduler.Cli.Servers;

/// <summary>Fails.</summary>
internal sealed class Breaks : IActionHandler
{
    public Task HandleAsync(IRunContext context) => throw new InvalidOperationException("It broke.");
}
