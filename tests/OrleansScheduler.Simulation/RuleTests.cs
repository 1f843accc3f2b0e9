using System.Text.RegularExpressions;
using OrleansScheduler.Simulation.Planting;
using Xunit;

namespace OrleansScheduler.Simulation;

/// <summary>A rule that nothing can break is none: a planted bug names each, or it stands here.</summary>
public sealed partial class RuleTests
{
    // That these are found has been seen with bugs that were real, or is not proved at all. Whoever plants one removes its name.
    private static readonly SortedSet<string> NotProved = new(StringComparer.Ordinal)
    {
        "action run", "answer", "backwards", "check", "closed", "governor", "own change", "needless", "progress", "repeat", "restart", "simulation", "start", "thread", "thrown",
    };

    [Fact]
    public void Every_rule_is_proved_by_a_planted_bug_or_known_not_to_be()
    {
        SortedSet<string> proved = new(PlantedBugs.All.SelectMany(bug => bug.Rules), StringComparer.Ordinal);
        SortedSet<string> rules = new(RulesInSource(), StringComparer.Ordinal);

        Assert.True(rules.Count > 30);
        Assert.Empty(proved.Except(rules));
        Assert.Empty(proved.Intersect(NotProved));
        Assert.Equal(rules, [.. proved.Union(NotProved).Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> RulesInSource([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Directory.EnumerateFiles(Path.GetDirectoryName(here)!, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Rule().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

    [GeneratedRegex("(?:Fail|Violation|Compare|Guard)\\(\"([a-z ]+)\"")]
    private static partial Regex Rule();
}
