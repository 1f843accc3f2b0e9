using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Planting;

namespace OrleansScheduler.Simulation.Running;

/// <summary>What is said of a failing seed: one command that repeats it, and its shortened history.</summary>
internal static class Report
{
    private const int NotesMax = 25;

    public static string Of(Outcome outcome, PlantedBug? bug)
    {
        Outcome shortest = Shortener.Shorten(outcome, bug);
        string only = string.Join(',', shortest.Plan.Kept);
        string planted = bug is null ? "" : $" --bug \"{bug.Name}\"";
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
                $"replay: dotnet run --project tests/OrleansScheduler.Simulation -- --seed {outcome.Plan.Seed} --only {(only.Length == 0 ? "-1" : only)} --notes{planted}",
            ]);
    }
}
