using OrleansScheduler.Core.Definitions;
using OrleansScheduler.Definitions;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A set of definitions that decides, waits, and changes itself afterwards.</summary>
internal sealed class WrongDefinitionSet(IActorContext context) : DefinitionSetActor(context), IDefinitionSet
{
    async Task<DefinitionManifest> IDefinitionSet.SaveAsync(DefinitionManifest manifest, CancellationToken cancellation)
    {
        DefinitionManifest known = await GetAsync(cancellation);
        if (known.Revision != manifest.Revision)
        {
            throw new SchedulerException(ErrorCodes.RevisionConflict, "Somebody was faster.");
        }

        await Task.Yield();
        known = await GetAsync(cancellation);
        return await SaveAsync(manifest with { Revision = known.Revision }, cancellation);
    }
}
