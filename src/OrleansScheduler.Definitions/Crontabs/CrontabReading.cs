using System.Collections.Immutable;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>What a crontab holds: jobs to import, variables, and lines that are refused.</summary>
/// <param name="Owner">The tenant that the schedules belong to.</param>
/// <param name="Name">The name of the set.</param>
/// <param name="FileName">The name of the file.</param>
/// <param name="Format">With or without a column for the user; never <see cref="CrontabFormat.Auto"/>.</param>
/// <param name="FormatReason">Why that format, in a whole sentence.</param>
/// <param name="Entries">The jobs in the order of the file.</param>
/// <param name="Variables">The variables in the order of the file.</param>
/// <param name="Refusals">The refused lines in the order of the file.</param>
/// <param name="Notes">What is to be known about the file as a whole, in whole sentences.</param>
public sealed record CrontabReading(
    string Owner,
    string Name,
    string FileName,
    CrontabFormat Format,
    string FormatReason,
    ImmutableArray<CrontabEntry> Entries,
    ImmutableArray<CrontabVariable> Variables,
    ImmutableArray<CrontabRefusal> Refusals,
    ImmutableArray<string> Notes)
{
    /// <summary>The jobs as a set of definitions, for the same applier that applies files. Refused lines are not in it.</summary>
    public DefinitionFile ToDefinitionFile() => new(
        Owner, Name, FileName, [], [], [],
        [.. Entries.Select(entry => new DefinedSchedule(
            ScheduleId.Of(Owner, entry.Schedule), entry.Definition, new DefinitionPlace(FileName, entry.Line, 1, entry.Schedule)))]);
}
