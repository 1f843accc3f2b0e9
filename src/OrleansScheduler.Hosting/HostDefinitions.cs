using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Definitions.Applying;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Hosting;

/// <summary>The files of definitions that a host applies at its start.</summary>
internal static class HostDefinitions
{
    private const string Owner = "default";
    private const string Who = "host start";

    /// <summary>Reads a file, before anything is started.</summary>
    /// <param name="path">Its path, as <c>--definitions</c> names it.</param>
    /// <exception cref="DefinitionsException">There are faults; all of them are named.</exception>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static DefinitionFile Read(string path) => Read(TextOf(path), path);

    /// <summary>Reads definitions that are at hand already.</summary>
    /// <exception cref="DefinitionsException">There are faults; all of them are named.</exception>
    public static DefinitionFile Read(string text, string name)
    {
        DefinitionReading reading = DefinitionReader.Read(text, name, Owner);
        return reading.File ?? throw new DefinitionsException([.. reading.Faults.Select(fault => fault.ToString())]);
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
}
