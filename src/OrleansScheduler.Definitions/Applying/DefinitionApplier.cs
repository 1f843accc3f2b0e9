using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Makes what is live agree with a file of definitions.</summary>
/// <remarks>
/// <para>
/// Applying a file twice changes nothing the second time, and writes nothing. The set remembers what it created; what its file no
/// longer names is reported as orphaned, and deleted when asked. Documents are seeds: created when absent, never overwritten and never
/// deleted. Nothing is deleted either while the server refuses something: it may be what was to take the place of the orphan. Whatever the file names belongs to the set from then on, also when somebody else created it before.
/// </para>
/// <para>
/// The order is: the manifest with all that may be created, groups, documents, actions, schedules, what is to be deleted, the final
/// manifest. So a crash in between loses no track of anything, and the next apply goes on where this one ended.
/// </para>
/// </remarks>
/// <param name="directory">The way to the actors.</param>
/// <param name="time">Numbers the commits that create documents.</param>
public sealed class DefinitionApplier(IActorDirectory directory, TimeProvider time)
{
    private const int WhoCharsMax = 200;

    /// <summary>Applies a file, or reports what applying it would do.</summary>
    /// <param name="file">What is wanted.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the wait; what was changed stays changed.</param>
    /// <returns>What became of every definition. What the server refuses does not keep the others from being applied.</returns>
    /// <exception cref="SchedulerException"><c>revision_conflict</c> when somebody else applies the same set meanwhile, and whatever
    /// keeps the live state from being read.</exception>
    /// <exception cref="ArgumentException">Who asks is not named by 1 to 200 characters.</exception>
    public async Task<DefinitionReport> ApplyAsync(DefinitionFile file, ApplyOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Who is not { Length: > 0 and <= WhoCharsMax })
        {
            throw new ArgumentException($"Who asks has 1 to {WhoCharsMax} characters.", nameof(options));
        }

        var set = directory.Get<IDefinitionSet>(file.Set);
        var manifest = await set.GetAsync(cancellation);
        var groups = new GroupStep(file.Groups, directory.Get<IGovernor>(IGovernor.Key));
        var documents = new DocumentStep(file, directory, time);
        var actions = new ActionStep(file, directory);
        var schedules = new ScheduleStep(file, directory, options.Who);
        DefinitionStep[] steps = [groups, documents, actions, schedules];
        await groups.PlanAsync(manifest.Groups, cancellation);
        await documents.PlanAsync(manifest.Documents, cancellation);
        await actions.PlanAsync(manifest.Actions, cancellation);
        await schedules.PlanAsync(manifest.Schedules, cancellation);
        if (options.DryRun)
        {
            foreach (var step in steps)
            {
                await step.CheckAsync(cancellation);
            }
        }
        else
        {
            if (steps.Any(step => step.Items.Any(item => item.IsPending)))
            {
                manifest = await SaveAsync(set, manifest, Gather(manifest, step => step.DuringChanges()), cancellation);
            }

            foreach (var step in steps)
            {
                await step.ApplyAsync(cancellation);
            }
        }

        if (options.Prune && !steps.Any(step => step.Items.Any(item => item.IsFailed)))
        {
            foreach (var step in steps.Reverse())
            {
                await step.PruneAsync(options.DryRun, cancellation);
            }
        }

        if (!options.DryRun)
        {
            await SaveAsync(set, manifest, Gather(manifest, step => step.AfterChanges()), cancellation);
        }

        return new DefinitionReport(
            file.Set,
            options.DryRun,
            [.. steps.SelectMany(step => step.Items).Concat(steps.SelectMany(step => step.Orphans)).Select(item => item.ToChange())]);

        DefinitionManifest Gather(DefinitionManifest present, Func<DefinitionStep, System.Collections.Immutable.ImmutableSortedSet<string>> names) =>
            new(present.Revision, names(groups), names(documents), names(actions), names(schedules));
    }

    private static async Task<DefinitionManifest> SaveAsync(
        IDefinitionSet set, DefinitionManifest present, DefinitionManifest wanted, CancellationToken cancellation) =>
        IsSame(present, wanted) ? present : await set.SaveAsync(wanted, cancellation);

    private static bool IsSame(DefinitionManifest one, DefinitionManifest other) =>
        one.Groups.SetEquals(other.Groups) && one.Documents.SetEquals(other.Documents)
        && one.Actions.SetEquals(other.Actions) && one.Schedules.SetEquals(other.Schedules);
}
