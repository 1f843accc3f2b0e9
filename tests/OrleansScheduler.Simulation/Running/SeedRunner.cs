using System.Diagnostics;
using System.Globalization;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Planting;

namespace OrleansScheduler.Simulation.Running;

/// <summary>The program: any number of seeds, and one line at the end that says the outcome.</summary>
internal static class SeedRunner
{
    /// <returns>0 when every seed was good, 1 when one was not, 2 when the arguments are wrong.</returns>
    public static int Run(string[] args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int index = 0; index < args.Length; index++)
        {
            given[args[index]] = index + 1 < args.Length && !args[index + 1].StartsWith("--", StringComparison.Ordinal) ? args[++index] : "";
        }

        if (given.Keys.FirstOrDefault(name => name is not ("--seed" or "--seeds" or "--only" or "--bug" or "--notes" or "--hash" or "--bugs")) is { } unknown)
        {
            Console.WriteLine($"{unknown} is not understood: --seeds N --seed FIRST --only PLACES --bug NAME --notes --hash --bugs");
            return 2;
        }

        if (given.ContainsKey("--bugs"))
        {
            return FindBugs(Number(given, "--seeds", 100));
        }

        int first = Number(given, "--seed", 1);
        int count = Number(given, "--seeds", 1);
        PlantedBug? bug = given.TryGetValue("--bug", out string? name) ? PlantedBugs.All.First(one => one.Name == name) : null;
        var cpu = Process.GetCurrentProcess();
        TimeSpan before = cpu.TotalProcessorTime;
        (TimeSpan simulated, long turns, long runs, int broken, int known) = (TimeSpan.Zero, 0, 0, 0, 0);
        for (int seed = first; seed < first + count; seed++)
        {
            Plan plan = Planner.Make(seed);
            plan = given.TryGetValue("--only", out string? places) ? plan.Only(places.Split(',').Select(place => int.Parse(place, CultureInfo.InvariantCulture))) : plan;
            Outcome outcome = Simulator.Run(plan, bug);
            (simulated, turns, runs) = (simulated + outcome.Simulated, turns + outcome.Turns, runs + outcome.Runs);
            if (given.ContainsKey("--hash"))
            {
                Console.WriteLine($"seed {seed} hash {outcome.Hash:x16} turns {outcome.Turns} runs {outcome.Runs} entries {outcome.Entries} of {outcome.Simulated.TotalSeconds:0} s");
            }

            if (given.ContainsKey("--notes"))
            {
                Console.WriteLine(string.Join(Environment.NewLine, outcome.Notes));
            }

            if (outcome.Broken is not null && bug is null && !given.ContainsKey("--only") && KnownFaults.NameOf(outcome.Broken) is { } fault)
            {
                known++;
                Console.WriteLine($"seed {seed} is broken as known, {fault}: {outcome.Broken.Message}");
            }
            else if (outcome.Broken is not null)
            {
                broken++;
                Console.WriteLine(Report.Of(outcome, bug));
            }
        }

        cpu.Refresh();
        double seconds = (cpu.TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(broken == 0 ? "good" : "BROKEN")}: {count} seeds from {first}, {broken} broken, {known} broken as known, {turns} turns, {runs} runs, {simulated.TotalHours:0.0} h simulated in {seconds:0.0} s of CPU ({simulated.TotalSeconds / seconds:0} s per s)"));
        return broken == 0 ? 0 : 1;
    }

    // In how many seeds each planted bug is found.
    private static int FindBugs(int seeds)
    {
        int missed = 0;
        foreach (PlantedBug bug in PlantedBugs.All)
        {
            (int seed, Violation? broken) = PlantedBugs.Find(bug, seeds);
            missed += broken is null ? 1 : 0;
            Console.WriteLine($"{(broken is null ? "MISSED" : "found")} in {seed} seeds: {bug.Name}: {broken?.Message}");
        }

        Console.WriteLine($"{(missed == 0 ? "good" : "BROKEN")}: {PlantedBugs.All.Length - missed} of {PlantedBugs.All.Length} planted bugs found");
        return missed == 0 ? 0 : 1;
    }

    private static int Number(Dictionary<string, string> given, string name, int otherwise) =>
        given.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
