using System.Diagnostics;
using System.Globalization;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Planting;

namespace OrleansScheduler.Simulation.Running;

/// <summary>The program: any number of seeds side by side, each on one thread of its own, and one line at the end that says the outcome.</summary>
internal sealed class SeedRunner
{
    // To shorten one takes up to some hundred runs of it.
    private const int ShortenedMax = 3;

    private readonly SeedArguments _arguments;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private TimeSpan _simulated;
    private int _next;
    private int _shortened;
    private TimeSpan _told = TimeSpan.FromMinutes(1);
    private long _seeds;
    private long _turns;
    private long _runs;
    private long _entries;
    private int _broken;
    private int _known;

    private SeedRunner(SeedArguments arguments) => _arguments = arguments;

    /// <returns>0 when every seed was good, 1 when one was not, 2 when the arguments are wrong.</returns>
    public static int Run(string[] args)
    {
        var arguments = new SeedArguments(args);
        if (arguments.Fault is { } fault)
        {
            Console.WriteLine($"{fault} {SeedArguments.Usage}");
            return 2;
        }

        var runner = new SeedRunner(arguments);
        return arguments.FindsBugs ? runner.FindBugs() : runner.RunSeeds();
    }

    private int RunSeeds()
    {
        SideBySide(_arguments.Count, index => RunSeed(_arguments.First + index));
        double seconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        string outcome = string.Create(
            CultureInfo.InvariantCulture,
            $"{_seeds} seeds from {_arguments.First}, {_broken} broken, {_known} broken as known, {_turns} turns, {_entries} entries, {_runs} runs, "
            + $"{_simulated.TotalHours:0.0} h simulated in {seconds:0.0} s of CPU ({_simulated.TotalSeconds / seconds:0} s per s), {_watch.Elapsed.TotalSeconds:0} s by the clock");
        Console.WriteLine($"{(_broken == 0 ? "good" : "BROKEN")}: {outcome}");
        return _broken == 0 ? 0 : 1;
    }

    private void RunSeed(int seed)
    {
        try
        {
            RunAndTell(seed);
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                (_seeds, _broken) = (_seeds + 1, _broken + 1);
                Console.WriteLine($"seed {seed} is broken: simulation: {fault}");
                Console.WriteLine(Report.ReplayOf(seed, null, _arguments.Bug));
            }
        }
    }

    private void RunAndTell(int seed)
    {
        Outcome outcome = Simulator.Run(_arguments.PlanOf(seed), _arguments.Bug);
        string? known = outcome.Broken is { } broken && _arguments.Bug is null && !_arguments.IsShortened ? KnownFaults.NameOf(broken) : null;
        string? report = outcome.Broken is null ? null
            : known is null ? Report.Of(outcome, _arguments.Bug, Interlocked.Increment(ref _shortened) <= ShortenedMax)
            : $"seed {seed} is broken as known, {known}: {outcome.Broken.Message}";
        lock (_gate)
        {
            (_simulated, _turns, _runs, _entries) = (_simulated + outcome.Simulated, _turns + outcome.Turns, _runs + outcome.Runs, _entries + outcome.Entries);
            _seeds++;
            _known += known is null ? 0 : 1;
            _broken += outcome.Broken is null || known is not null ? 0 : 1;
            if (_arguments.PrintsHashes)
            {
                Console.WriteLine($"seed {seed} hash {outcome.Hash:x16} turns {outcome.Turns} runs {outcome.Runs} entries {outcome.Entries} of {outcome.Simulated.TotalSeconds:0} s");
            }

            if (_arguments.PrintsNotes)
            {
                Console.WriteLine(string.Join(Environment.NewLine, outcome.Notes));
            }

            if (report is not null)
            {
                Console.WriteLine(report);
            }

            TellProgress();
        }
    }

    // Once a minute, and where it does not mix with what the program is asked for.
    private void TellProgress()
    {
        if (_watch.Elapsed >= _told)
        {
            _told = _watch.Elapsed + TimeSpan.FromMinutes(1);
            double seconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{_watch.Elapsed.TotalMinutes:0} min: {_seeds} of {_arguments.Count} seeds, {_broken} broken, {_simulated.TotalSeconds / seconds:0} s simulated per s of CPU"));
        }
    }

    // In how many seeds each planted bug is found.
    private int FindBugs()
    {
        int missed = 0;
        SideBySide(PlantedBugs.All.Length, index =>
        {
            PlantedBug bug = PlantedBugs.All[index];
            int seeds = _arguments.Count == 1 ? 40 : _arguments.Count;
            (int seed, Violation? broken) = PlantedBugs.Find(bug, seeds);
            string counts = _arguments.CountsRules ? $" ({PlantedBugs.Count(bug, seeds)})" : "";
            lock (_gate)
            {
                missed += broken is null ? 1 : 0;
                Console.WriteLine($"{(broken is null ? "MISSED" : "found")} in {seed} seeds: {bug.Name}: {broken?.Message}{counts}");
            }
        });
        Console.WriteLine($"{(missed == 0 ? "good" : "BROKEN")}: {PlantedBugs.All.Length - missed} of {PlantedBugs.All.Length} planted bugs found");
        return missed == 0 ? 0 : 1;
    }

    // Threads of its own: nothing of a simulation may go on where the thread pool has a say.
    private void SideBySide(int count, Action<int> work)
    {
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(count, _arguments.Jobs)).Select(_ => new Thread(() => Take(count, work)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private void Take(int count, Action<int> work)
    {
        for (int index = Interlocked.Increment(ref _next) - 1; index < count; index = Interlocked.Increment(ref _next) - 1)
        {
            if (_watch.Elapsed.TotalSeconds > _arguments.SecondsMax)
            {
                return;
            }

            work(index);
        }
    }
}
