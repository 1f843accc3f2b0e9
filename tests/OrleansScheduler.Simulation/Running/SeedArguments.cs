using System.Globalization;
using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Planting;

namespace OrleansScheduler.Simulation.Running;

/// <summary>What the program is asked for.</summary>
internal sealed class SeedArguments
{
    public const string Usage =
        "--seeds N --seed FIRST --jobs N (side by side) --minutes N (stop after) --only PLACES --bug NAME --notes --entries (those that land, among the notes) --hash --bugs (all planted ones, each in up to N seeds) --rules (and what finds each how often)";

    private static readonly string[] Names = ["--seed", "--seeds", "--jobs", "--minutes", "--only", "--bug", "--notes", "--entries", "--hash", "--bugs", "--rules"];

    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    public SeedArguments(string[] args)
    {
        for (int index = 0; index < args.Length; index++)
        {
            _given[args[index]] = index + 1 < args.Length && !args[index + 1].StartsWith("--", StringComparison.Ordinal) ? args[++index] : "";
        }

        Bug = _given.TryGetValue("--bug", out string? name) ? PlantedBugs.All.FirstOrDefault(one => one.Name == name) : null;
        Fault = _given.Keys.FirstOrDefault(known => !Names.Contains(known)) is { } unknown ? $"{unknown} is not understood."
            : Jobs is < 1 or > 256 || Count < 1 ? "There are 1 to 256 jobs, and at least one seed."
            : name is not null && Bug is null ? $"No planted bug is called '{name}'."
            : null;
    }

    /// <summary>What is wrong with them; null for nothing.</summary>
    public string? Fault { get; }

    public PlantedBug? Bug { get; }

    public int First => Number("--seed", 1);

    public int Count => Number("--seeds", 1);

    public int Jobs => Number("--jobs", Environment.ProcessorCount);

    public int SecondsMax => Math.Min(Number("--minutes", 1_000_000), 1_000_000) * 60;

    public bool FindsBugs => _given.ContainsKey("--bugs");

    public bool CountsRules => _given.ContainsKey("--rules");

    public bool PrintsNotes => _given.ContainsKey("--notes");

    public bool PrintsHashes => _given.ContainsKey("--hash");

    public bool IsShortened => _given.ContainsKey("--only");

    public Plan PlanOf(int seed)
    {
        Plan plan = Planner.Make(seed) with { TellsEntries = _given.ContainsKey("--entries") };
        return _given.TryGetValue("--only", out string? places)
            ? plan.Only(places.Split(',').Select(place => int.Parse(place, CultureInfo.InvariantCulture)))
            : plan;
    }

    private int Number(string name, int otherwise) =>
        _given.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
