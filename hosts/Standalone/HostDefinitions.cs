using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Definitions.Applying;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Engine;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Standalone;

/// <summary>The files of definitions that a host applies at its start: the sample's, and the one that it was given.</summary>
internal static class HostDefinitions
{
    private const string Owner = "default";
    private const string Who = "host start";

    /// <summary>Reads the files, before anything is started.</summary>
    /// <exception cref="DefinitionsException">There are faults; all of them are named.</exception>
    public static ImmutableArray<DefinitionFile> Read(StandaloneArguments arguments)
    {
        var files = ImmutableArray.CreateBuilder<DefinitionFile>();
        if (arguments.Sample)
        {
            DefinitionFile sample = Read(EarthquakeSample.DefinitionFile, "earthquakes/scheduler.yaml");
            files.Add(arguments.SamplePeriod is { } period ? WithPeriod(sample, period) : sample);
        }

        if (arguments.Definitions is { } path)
        {
            files.Add(Read(TextOf(path), path));
        }

        return files.ToImmutable();
    }

    /// <summary>Applies the files.</summary>
    /// <exception cref="DefinitionsException">The engine refused some; what it took is applied.</exception>
    public static async Task ApplyAsync(
        ImmutableArray<DefinitionFile> files, IActorDirectory directory, TimeProvider time, ILogger logger, CancellationToken cancellation)
    {
        var applier = new DefinitionApplier(directory, time);
        foreach (DefinitionFile file in files)
        {
            DefinitionReport report = await applier.ApplyAsync(file, new ApplyOptions(Who), cancellation);
            if (report.IsFailed)
            {
                throw new DefinitionsException(
                    [.. report.Changes.Where(change => change.Refusal is not null).Select(change => $"{change.Kind} {change.Id}: {change.Refusal}")]);
            }

            HostLog.Applied(
                logger,
                file.FileName,
                report.Count(DefinitionOutcome.Created),
                report.Count(DefinitionOutcome.Updated),
                report.Count(DefinitionOutcome.Unchanged),
                report.Count(DefinitionOutcome.Orphaned));
        }
    }

    private static DefinitionFile Read(string text, string name)
    {
        DefinitionReading reading = DefinitionReader.Read(text, name, Owner);
        return reading.File ?? throw new DefinitionsException([.. reading.Faults.Select(fault => fault.ToString())]);
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--definitions: {fault.Message}");
        }
    }

    private static DefinitionFile WithPeriod(DefinitionFile file, TimeSpan period) => file with
    {
        Schedules =
        [
            .. file.Schedules.Select(schedule => schedule.Schedule == EarthquakeSample.FeederSchedule
                ? schedule with { Definition = schedule.Definition with { Trigger = new IntervalTrigger(period) } }
                : schedule),
        ],
    };
}
