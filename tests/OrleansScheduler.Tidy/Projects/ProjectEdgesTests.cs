using Xunit;

namespace OrleansScheduler.Tidy.Projects;

public sealed class ProjectEdgesTests
{
    private static readonly string[] TopLevel =
    [
        "src", "tests", "hosts", "config", "Dockerfile", "README.md", "global.json", Repository.Solution, Repository.EmbeddedSolution,
    ];

    [Fact]
    public void The_projects_are_found()
    {
        var folders = ProjectFile.All.Select(project => project.Folder).ToArray();

        Assert.Contains("src/OrleansScheduler.Abstractions", folders);
        Assert.Contains("src/OrleansScheduler.Core", folders);
        Assert.Contains("tests/OrleansScheduler.Tidy", folders);
    }

    [Fact]
    public void Every_project_has_a_row_in_the_table() => Violations.AssertNone(
        from project in ProjectFile.All
        where AllowedEdges.Of(project) is null
        select new Violation(project.Path, "add a row to AllowedEdges", "no row names this folder"));

    [Fact]
    public void Projects_reference_only_the_projects_that_the_table_allows() => Violations.AssertNone(
        from project in ProjectFile.All
        let row = AllowedEdges.Of(project)
        where row is not null
        from reference in project.Projects
        where !AllowedEdges.IsAny(row.Projects, reference)
        select new Violation(project.Path, $"reference only [{string.Join(", ", row.Projects)}]", reference));

    [Fact]
    public void Projects_reference_only_the_packages_that_the_table_allows() => Violations.AssertNone(
        from project in ProjectFile.All
        let row = AllowedEdges.Of(project)
        where row is not null
        from package in project.Packages
        where !AllowedEdges.IsAny(row.Packages, package)
        select new Violation(project.Path, $"use only the packages [{string.Join(", ", row.Packages)}]", package));

    [Fact]
    public void Projects_reference_only_the_frameworks_that_the_table_allows() => Violations.AssertNone(
        from project in ProjectFile.All
        let row = AllowedEdges.Of(project)
        where row is not null
        from framework in project.Frameworks
        where !AllowedEdges.IsAny(row.Frameworks, framework)
        select new Violation(project.Path, $"use only the frameworks [{string.Join(", ", row.Frameworks)}]", framework));

    [Fact]
    public void What_all_projects_share_are_analyzers_only() => Violations.AssertNone(
        from package in ProjectFile.Load("Directory.Build.props").Packages
        where !package.EndsWith("Analyzers", StringComparison.Ordinal)
        select new Violation("Directory.Build.props", "give every project analyzers and nothing else", package));

    [Fact]
    public void Only_the_cluster_engine_needs_its_packages() => Violations.AssertNone(
        from project in ProjectFile.All
        where !AllowedEdges.IsCluster(project)
        from name in project.Packages.Where(package => AllowedEdges.IsAny(AllowedEdges.ClusterPackages, package))
            .Concat(project.Projects.Where(AllowedEdges.ClusterProjects.Contains))
        select new Violation(project.Path, "build without the packages of the cluster engine", name));

    [Fact]
    public void Nothing_in_the_product_compiles_sources_of_another_project() => Violations.AssertNone(
        from project in ProjectFile.All
        where !project.Folder.StartsWith("tests/", StringComparison.Ordinal)
        from source in project.ForeignSources
        select new Violation(project.Path, "reference the project instead of compiling its sources", source));

    [Fact]
    public void Versions_of_packages_are_stated_centrally() => Violations.AssertNone(
        from project in ProjectFile.All
        from package in project.VersionedPackages
        select new Violation(project.Path, "state the version in Directory.Packages.props", package));

    [Fact]
    public void The_solution_holds_every_project() => Violations.AssertNone(
        Differences(Repository.Solution, SolutionFiles.All, ProjectFile.All.Select(project => project.Path)));

    [Fact]
    public void The_embedded_solution_holds_every_project_but_those_of_the_cluster() => Violations.AssertNone(
        Differences(
            Repository.EmbeddedSolution,
            SolutionFiles.Embedded,
            ProjectFile.All.Where(project => !AllowedEdges.IsCluster(project)).Select(project => project.Path)));

    [Fact]
    public void The_top_level_shows_nothing_else() => Violations.AssertNone(
        from name in Repository.TopLevel()
        where !TopLevel.Contains(name) && name[0] != '.' && !AllowedEdges.IsAny(["Directory.*.props"], name)
        select new Violation(name, "keep the top level to src, tests, hosts, config and what tools look for there", name));

    private static IEnumerable<Violation> Differences(string solution, IEnumerable<string> listed, IEnumerable<string> expected) =>
        expected.Except(listed).Select(path => new Violation(solution, "list the project", path))
            .Concat(listed.Except(expected).Select(path => new Violation(solution, "list no other project", path)));
}
