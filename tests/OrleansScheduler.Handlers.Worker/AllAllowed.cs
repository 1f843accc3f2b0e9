using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Handlers.Worker;

/// <summary>Everything may run.</summary>
internal sealed class AllAllowed : ICommandPermissions
{
    public ValueTask<bool> IsProgramAllowedAsync(string program, CancellationToken cancellation) => new(true);

    public ValueTask<bool> IsCommandAllowedAsync(string commandHash, CancellationToken cancellation) => new(true);
}
