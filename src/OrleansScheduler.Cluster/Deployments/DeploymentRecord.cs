using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>What is stored of the present start of the deployment.</summary>
/// <param name="Number">How many starts there were.</param>
/// <param name="At">When it was.</param>
/// <param name="Processes">Who belongs to it. Those that are gone are forgotten when the next one joins.</param>
/// <param name="Epoch">The epoch of the deployment, from 1; greater after an import.</param>
/// <param name="ImportedBy">The process that imports an archive, or broke off; null when there is none.</param>
internal sealed record DeploymentRecord(
    long Number, DateTimeOffset At, ImmutableArray<string> Processes, long Epoch = 1, string? ImportedBy = null)
{
    /// <summary>Those of <see cref="Processes"/> whose clocks call what is due; the others are on hold. A clock lives with one of these if there is any.</summary>
    public ImmutableArray<string> Firing { get; init; } = [];

    /// <summary>Before the first start.</summary>
    public static readonly DeploymentRecord None = new(0, default, []);

    /// <remarks>Numbers and names of an epoch are greater, and other, than all of earlier ones, whichever engine gave those.</remarks>
    public DeploymentStart Start => new(
        Epoch == 1 ? string.Create(CultureInfo.InvariantCulture, $"start-{Number}") : string.Create(CultureInfo.InvariantCulture, $"start-{Epoch}-{Number}"),
        At,
        EpochNumbers.Floor(Epoch) + Number);

    /// <summary>What stands there while an archive is imported into an empty deployment.</summary>
    public static DeploymentRecord Importing(string process, DateTimeOffset now, long epoch) => new(0, now, [], epoch, process);

    /// <summary>What a process that starts makes of it; the same record when it belongs to it already.</summary>
    /// <exception cref="SchedulerException"><c>storage_locked</c> while an archive is imported.</exception>
    public DeploymentRecord Join(string process, IReadOnlyCollection<string> living, DateTimeOffset now)
    {
        if (ImportedBy is { } importer)
        {
            throw new SchedulerException(
                ErrorCodes.StorageLocked,
                $"{importer} imports an archive into the deployment. If it has ended, the import was broken off; begin again with an empty one.");
        }

        if (Processes.Contains(process))
        {
            return this;
        }

        ImmutableArray<string> present = [.. Processes.Where(living.Contains)];
        return present.IsEmpty
            ? this with { Number = Number + 1, At = now, Processes = [process], Firing = [] }
            : this with { Processes = present.Add(process), Firing = [.. Firing.Where(present.Contains)] };
    }

    /// <summary>What a process makes of it that fires; the same record when that is known, or when it does not belong to this start.</summary>
    public DeploymentRecord Fire(string process) =>
        !Processes.Contains(process) || Firing.Contains(process) ? this : this with { Firing = Firing.Add(process) };
}
