using System.Text.RegularExpressions;
using OrleansScheduler.Tidy.Projects;
using Xunit;

namespace OrleansScheduler.Tidy.Sources;

public sealed class SourceStyleTests
{
    private const int FileLinesMax = 400;
    private const int MemberLinesMax = 70;

    private static readonly string[] EmptyNames = ["Helpers", "Common", "Utils", "Models"];

    private static readonly string[] ImportantBans =
    [
        "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.UtcNow", "P:System.TimeProvider.System", "P:System.Random.Shared",
        "M:System.Guid.NewGuid", "M:System.Threading.Tasks.Task.Delay(System.TimeSpan)",
        "M:System.Threading.Tasks.Task.ConfigureAwait(System.Boolean)",
    ];

    private static readonly Regex OutsideOfTurns =
        new(@"\b(ConfigureAwait|Task\.Run|ContinueWith|StartNew|AsyncLocal|ThreadStatic)\b|\block \(");

    [Fact]
    public void The_sources_are_found()
    {
        var paths = SourceFile.OfProduct.Select(file => file.Path).ToArray();

        Assert.Contains("src/OrleansScheduler.Abstractions/Serialization/ContractJson.cs", paths);
        Assert.Contains(paths, path => path.StartsWith("hosts/", StringComparison.Ordinal));
        Assert.Contains(paths, path => path.StartsWith("config/samples/", StringComparison.Ordinal));
        Assert.DoesNotContain(paths, path => path.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_short() => Violations.AssertNone(
        from file in SourceFile.OfProduct.Concat(SourceFile.OfTests)
        where file.Lines > FileLinesMax
        select new Violation(file.Path, $"stay within {FileLinesMax} lines", $"{file.Lines} lines"));

    [Fact]
    public void Members_are_short() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        from member in MemberLengths.In(file.Code)
        where member.Lines > MemberLinesMax
        select new Violation(
            $"{file.Path}:{member.Line}", $"keep a member within {MemberLinesMax} lines", $"{member.Name} has {member.Lines}"));

    [Fact]
    public void Files_hold_one_public_type() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        let types = file.Types.Where(type => type.IsPublic).Select(type => type.Name).Distinct().ToArray()
        where types.Length > 1
        select new Violation(file.Path, "hold one public type", string.Join(", ", types)));

    [Fact]
    public void Files_are_named_like_their_type() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        where !file.Types.IsEmpty
        let name = file.Types.OrderByDescending(type => type.IsPublic).First().Name
        where name != file.Name
        select new Violation(file.Path, "name the file like its type", name));

    [Fact]
    public void Namespaces_are_folders() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        where !file.Types.IsEmpty && !AllowedExceptions.ToNamespaces.ContainsKey(file.Path)
        let expected = ExpectedNamespace(file)
        where file.Namespace != expected
        select new Violation(file.Path, $"use the namespace {expected ?? "of a project"}", file.Namespace ?? "none"));

    [Fact]
    public void Exceptions_to_namespaces_are_still_needed() => Violations.AssertNone(
        from path in AllowedExceptions.ToNamespaces.Keys
        let file = SourceFile.OfProduct.FirstOrDefault(file => file.Path == path)
        where file is null || file.Namespace == ExpectedNamespace(file)
        select new Violation(path, "remove the row from AllowedExceptions", "no such exception is needed"));

    [Fact]
    public void Folders_say_what_is_in_them() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        from name in file.Folder.Split('/').Concat((file.Namespace ?? "").Split('.'))
        where EmptyNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        select new Violation(file.Path, "name folder and namespace after a noun of the domain", name));

    [Fact]
    public void Only_log_messages_and_generators_are_partial() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        where !file.Name.EndsWith("Log", StringComparison.Ordinal)
            && !Regex.IsMatch(file.Code, @"\[(GeneratedRegex|JsonSerializable|JsonSourceGenerationOptions|LoggerMessage|LibraryImport)\b")
        from place in file.Find(new Regex(@"\bpartial\b"))
        select new Violation(place.Where, "split by naming the part, not by a partial type", place.Found));

    [Fact]
    public void Nothing_is_left_to_do() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        from place in file.FindInText(new Regex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b"))
        select new Violation(place.Where, "finish it, or state the limit as a decision", place.Found));

    [Fact]
    public void Suppressed_warnings_have_a_reason() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        from place in file.FindInText(new Regex(@"^[ \t]*#pragma warning disable(?![^\r\n]*//[ \t]*\w+ \w+)[^\r\n]*", RegexOptions.Multiline))
        select new Violation(place.Where, "write the reason as a comment behind the suppression", place.Found));

    [Fact]
    public void Suppressed_messages_have_a_justification() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        from place in file.FindInText(new Regex(@"SuppressMessage(Attribute)?\((?![^\]]*Justification = ""\w+ [^""]+"")[^\]]*"))
        select new Violation(place.Where, "state a Justification", place.Found));

    [Fact]
    public void Warnings_that_a_project_suppresses_have_a_reason() => Violations.AssertNone(
        from project in ProjectFile.All.Append(ProjectFile.Load("Directory.Build.props"))
        from warnings in project.UnexplainedNoWarn
        select new Violation(project.Path, "write the reason as a comment above NoWarn or its group", warnings));

    [Fact]
    public void The_core_stays_in_its_turns() => Violations.AssertNone(
        from file in SourceFile.OfProduct
        where IsCore(file) && !AllowedExceptions.ToTurns.ContainsKey(file.Path)
        from place in file.Find(OutsideOfTurns)
        select new Violation(place.Where, "stay in the turn of the actor", place.Found));

    [Fact]
    public void Exceptions_to_turns_are_still_needed() => Violations.AssertNone(
        from path in AllowedExceptions.ToTurns.Keys
        where !SourceFile.OfProduct.Any(file => file.Path == path && IsCore(file) && file.Find(OutsideOfTurns).Any())
        select new Violation(path, "remove the row from AllowedExceptions", "no such exception is needed"));

    [Fact]
    public void The_important_symbols_are_banned_each_with_a_reason()
    {
        const string path = "config/BannedSymbols.txt";

        var rows = Repository.Read(path).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(';', 2, StringSplitOptions.TrimEntries)).ToArray();

        Violations.AssertNone(
            ImportantBans.Except(rows.Select(row => row[0])).Select(symbol => new Violation(path, "ban the symbol", symbol))
                .Concat(rows.Where(row => row is not [_, { Length: > 0 }]).Select(row => new Violation(path, "say what to use instead", row[0]))));
    }

    [Fact]
    public void Every_project_of_the_product_is_explained() => Violations.AssertNone(
        from project in ProjectFile.All
        where project.Folder.StartsWith("src/", StringComparison.Ordinal)
        let path = $"{project.Folder}/README.md"
        where !Repository.Exists(path) || string.IsNullOrWhiteSpace(Repository.Read(path))
        select new Violation(path, "say what the project is, promises and leaves out", "missing"));

    private static bool IsCore(SourceFile file) => file.Path.StartsWith("src/OrleansScheduler.Core/", StringComparison.Ordinal);

    private static string? ExpectedNamespace(SourceFile file) =>
        file.Project is { } project
            ? project.RootNamespace + file.Folder[project.Folder.Length..].Replace('/', '.')
            : null;
}
