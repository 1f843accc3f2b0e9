using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansScheduler.Tidy.Projects;

/// <summary>The project files that the two solutions list; none when the solution is missing.</summary>
internal static class SolutionFiles
{
    public static ImmutableArray<string> All { get; } =
        [.. Regex.Matches(Text(Repository.Solution), "\"([^\"]+\\.csproj)\"").Select(match => Slashes(match.Groups[1].Value))];

    public static ImmutableArray<string> Embedded { get; } = ReadEmbedded(Text(Repository.EmbeddedSolution));

    private static ImmutableArray<string> ReadEmbedded(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        using var filter = JsonDocument.Parse(text);
        var projects = filter.RootElement.GetProperty("solution").GetProperty("projects");
        return [.. projects.EnumerateArray().Select(project => Slashes(project.GetString()!))];
    }

    private static string Text(string path) => Repository.Exists(path) ? Repository.Read(path) : "";

    private static string Slashes(string path) => path.Replace('\\', '/');
}
