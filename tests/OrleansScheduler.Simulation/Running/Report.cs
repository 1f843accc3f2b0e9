using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Planting;

namespace OrleansScheduler.Simulation.Running;

/// <summary>What is said of a failing seed: one command that repeats it, and its shortened history.</summary>
internal static class Report
{
    private const int NotesMax = 25;

    /// <param name="outcome">How it ended.</param>
    /// <param name="bug">What is wrong on purpose; null for nothing.</param>
    /// <param name="isShortened">Whether steps are left out that it does not need; if not, only the command is told.</param>
    public static string Of(Outcome outcome, PlantedBug? bug, bool isShortened = true)
    {
        if (!isShortened)
        {
            return $"seed {outcome.Plan.Seed} is broken: {outcome.Broken!.Message}{Environment.NewLine}{ReplayOf(outcome.Plan.Seed, null, bug)}";
        }

        Outcome shortest = Shortener.Shorten(outcome, bug);
        string only = string.Join(',', shortest.Plan.Kept);
        IEnumerable<string> steps = shortest.Plan.Steps.OfType<Step>().Select(step => $"  {step.At.TotalSeconds,9:0.000} {step.What}");
        IEnumerable<string> notes = shortest.Notes.TakeLast(NotesMax).Select(note => $"  {note}");
        return string.Join(
            Environment.NewLine,
            [
                $"seed {outcome.Plan.Seed} is broken: {outcome.Broken!.Message}",
                $"shortened to {shortest.Plan.Kept.Length} of {outcome.Plan.Steps.Length} steps: {shortest.Broken!.Message}",
                .. steps,
                "its last notes:",
                .. notes,
                ReplayOf(outcome.Plan.Seed, only.Length == 0 ? "-1" : only, bug),
            ]);
    }

    /// <summary>The command that repeats a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="only">The places of its steps that are carried out; null for all.</param>
    /// <param name="bug">What is wrong on purpose; null for nothing.</param>
    public static string ReplayOf(int seed, string? only, PlantedBug? bug) =>
        $"replay: dotnet run --project tests/OrleansScheduler.Simulation -- --seed {seed}{(only is null ? "" : $" --only {only}")} --notes{(bug is null ? "" : $" --bug \"{bug.Name}\"")}";
}
