using OrleansScheduler.Engine;

namespace OrleansScheduler.Definitions;

/// <summary>Remembers what a file of definitions has created. Key: <c>owner/name</c>.</summary>
[Actor("definitions")]
public interface IDefinitionSet
{
    /// <summary>What the set has created.</summary>
    Task<DefinitionManifest> GetAsync(CancellationToken cancellation);

    /// <summary>Replaces what the set has created.</summary>
    /// <param name="manifest">With the revision that shall be replaced.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The same with its new revision.</returns>
    /// <exception cref="Errors.SchedulerException"><c>revision_conflict</c> when somebody else replaced it meanwhile.</exception>
    Task<DefinitionManifest> SaveAsync(DefinitionManifest manifest, CancellationToken cancellation);
}
