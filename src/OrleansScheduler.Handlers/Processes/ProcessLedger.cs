using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansScheduler.Handlers.Files;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>The processes that handlers started and did not yet see end: a folder with a small file for each.</summary>
/// <remarks>
/// An entry is on the disk before the program starts, so a crash of the host at any moment leaves no process that is not
/// recorded. The folder belongs to one host process at a time; the host's lock on its data has to see to that.
/// </remarks>
public sealed class ProcessLedger
{
    /// <summary>How the names of entries end.</summary>
    internal const string Ending = ".process.json";

    private const int EndedAtOnceMax = 8;

    private readonly string _folder;
    private readonly ConcurrentDictionary<string, bool> _own = new(StringComparer.Ordinal);

    /// <summary>Opens a ledger, and creates its folder when it is missing.</summary>
    /// <param name="folder">For nothing else. Relative to the current directory.</param>
    public ProcessLedger(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Directory.CreateDirectory(_folder);
        if (Path.GetDirectoryName(_folder) is { } above)
        {
            DurableFiles.FlushFolder(above);
        }
    }

    /// <summary>Ends what survived an earlier life of the host. To be called once, before handlers run.</summary>
    /// <param name="grace">What processes get between SIGTERM and SIGKILL.</param>
    /// <param name="cancellation">Ends the work between two entries; what is left stays recorded.</param>
    /// <returns>One item for each entry, in no order. What this object recorded itself is left alone.</returns>
    /// <remarks>
    /// On Linux a process is ended when its environment carries the entry's random mark, together with its session and its
    /// descendants; a number and a start time alone are never enough. Elsewhere number and start time decide.
    /// </remarks>
    public async Task<IReadOnlyList<Survivor>> EndSurvivorsAsync(TimeSpan grace, CancellationToken cancellation)
    {
        foreach (string torn in Directory.GetFiles(_folder, ".*.tmp"))
        {
            File.Delete(torn);
        }

        var found = new ConcurrentBag<Survivor>();
        string[] files = [.. Directory.GetFiles(_folder, "*" + Ending).Where(file => !_own.ContainsKey(Path.GetFileName(file)))];
        var options = new ParallelOptions { MaxDegreeOfParallelism = EndedAtOnceMax, CancellationToken = cancellation };
        await Parallel.ForEachAsync(files, options, async (file, _) => found.Add(await EndSurvivorAsync(file, grace)));
        DurableFiles.FlushFolder(_folder);
        return [.. found];
    }

    /// <summary>Records a process; it is on the disk when the task completes.</summary>
    internal async Task AddAsync(LedgerEntry entry, CancellationToken cancellation)
    {
        _own[entry.FileName] = true;
        try
        {
            await DurableFiles.ReplaceAsync(Path.Combine(_folder, entry.FileName), entry.ToUtf8(), cancellation);
        }
        catch
        {
            Remove(entry);
            throw;
        }
    }

    /// <summary>Forgets a process. After a crash of the machine the entry may be there again, and then fits no process.</summary>
    internal void Remove(LedgerEntry entry)
    {
        File.Delete(Path.Combine(_folder, entry.FileName));
        _own.TryRemove(entry.FileName, out _);
    }

    private static async Task<Survivor> EndSurvivorAsync(string file, TimeSpan grace)
    {
        if (LedgerEntry.Parse(await File.ReadAllBytesAsync(file, CancellationToken.None)) is not { } entry)
        {
            File.Move(file, file + ".unreadable", overwrite: true);
            return new Survivor(SurvivorOutcome.Unreadable, "", "", 0, [], []);
        }

        Survivor survivor = OperatingSystem.IsLinux() ? await EndOnLinuxAsync(entry, grace) : EndElsewhere(entry);
        if (survivor.Outcome is SurvivorOutcome.Gone or SurvivorOutcome.Ended)
        {
            File.Delete(file);
        }

        return survivor;
    }

    private static async Task<Survivor> EndOnLinuxAsync(LedgerEntry entry, TimeSpan grace)
    {
        ProcessIdentity identity = entry.Identity;
        var none = new Survivor(SurvivorOutcome.Gone, entry.Run, entry.Program, identity.Pid, [], []);
        if (identity.BootId != ProcessTable.BootId())
        {
            return none;
        }

        TreeEnding ending = await new TreeEnder(identity).EndAsync(grace);
        if (!ending.Left.IsEmpty)
        {
            return none with { Outcome = SurvivorOutcome.Left, Ended = ending.Ended, Left = ending.Left };
        }

        bool fits = ProcessTable.Find(identity.Pid) is { IsAlive: true } process && process.StartTime == identity.StartTime;
        return none with
        {
            Outcome = fits ? SurvivorOutcome.Unverified : ending.Ended.IsEmpty ? SurvivorOutcome.Gone : SurvivorOutcome.Ended,
            Ended = ending.Ended,
        };
    }

    private static Survivor EndElsewhere(LedgerEntry entry)
    {
        var none = new Survivor(SurvivorOutcome.Gone, entry.Run, entry.Program, entry.Identity.Pid, [], []);
        try
        {
            using var process = Process.GetProcessById(entry.Identity.Pid);
            if (process.StartTime.ToUniversalTime().Ticks != entry.Identity.StartTime)
            {
                return none;
            }

            process.Kill(entireProcessTree: true);
            return none with { Outcome = SurvivorOutcome.Ended, Ended = [entry.Identity.Pid] };
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            return none;
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or AggregateException)
        {
            return none with { Outcome = SurvivorOutcome.Left, Left = [entry.Identity.Pid] };
        }
    }
}
