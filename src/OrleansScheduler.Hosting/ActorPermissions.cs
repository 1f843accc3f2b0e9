using OrleansScheduler.Engine;
using OrleansScheduler.Handlers.Processes;
using OrleansScheduler.Permissions;

namespace OrleansScheduler.Hosting;

/// <summary>What administrators have allowed, as handlers ask for it.</summary>
/// <param name="ready">The way to the actors. It completes when processes may start; until then questions wait.</param>
internal sealed class ActorPermissions(Task<IActorDirectory> ready) : ICommandPermissions
{
    /// <inheritdoc/>
    public ValueTask<bool> IsProgramAllowedAsync(string program, CancellationToken cancellation) =>
        AskAsync(PermissionKind.Program, program, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> IsCommandAllowedAsync(string commandHash, CancellationToken cancellation) =>
        AskAsync(PermissionKind.Command, commandHash, cancellation);

    private async ValueTask<bool> AskAsync(PermissionKind kind, string value, CancellationToken cancellation)
    {
        IActorDirectory directory = await ready.WaitAsync(cancellation);
        return await directory.Get<IPermissions>(IPermissions.Key).IsAllowedAsync(kind, value, cancellation);
    }
}
