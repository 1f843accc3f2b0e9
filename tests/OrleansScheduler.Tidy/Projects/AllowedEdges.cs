using System.Collections.Immutable;
using System.IO.Enumeration;

namespace OrleansScheduler.Tidy.Projects;

/// <summary>What the projects in a folder may depend on. In every name a <c>*</c> stands for any text.</summary>
/// <param name="Folder">The folder of a project.</param>
/// <param name="Projects">Folders of the projects that it may reference.</param>
/// <param name="Packages">Packages that it may reference, besides the analyzers of Directory.Build.props.</param>
/// <param name="Frameworks">Shared frameworks that it may reference.</param>
internal sealed record AllowedEdges(
    string Folder, ImmutableArray<string> Projects, ImmutableArray<string> Packages, ImmutableArray<string> Frameworks)
{
    private const string Abstractions = "src/OrleansScheduler.Abstractions";
    private const string Core = "src/OrleansScheduler.Core";
    private const string Definitions = "src/OrleansScheduler.Definitions";
    private const string Cluster = "src/OrleansScheduler.Cluster";
    private const string Handlers = "src/OrleansScheduler.Handlers";
    private const string Web = "src/OrleansScheduler.Web";
    private const string Hosting = "src/OrleansScheduler.Hosting";
    private const string ClientSample = "config/samples/client";
    private const string AspNetCore = "Microsoft.AspNetCore.App";

    /// <summary>The table. A new edge is a decision, so it is made here, in the open.</summary>
    public static ImmutableArray<AllowedEdges> Table { get; } =
    [
        new(Abstractions, [], [], []),
        new(Core, [Abstractions], ["Microsoft.Extensions.*.Abstractions"], []),
        new("src/OrleansScheduler.Embedded", [Core], ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.*"], []),
        new(Cluster, [Core], ["Microsoft.Orleans.*", "Cronos"], []),
        new(Handlers, [Abstractions], ["Jint"], []),
        new(Definitions, [Abstractions, Core], ["YamlDotNet"], []),
        new(Web, [Abstractions, Core, Definitions], ["Microsoft.AspNetCore.OpenApi"], [AspNetCore]),
        new(Hosting, [Definitions, Handlers, Web], [], [AspNetCore]),
        new("hosts/*", ["src/*", "config/samples/*"], ["*"], [AspNetCore]),
        new(ClientSample, [Cluster], [], []),
        new("config/samples/*", [Abstractions, Core], [], []),
        new("tests/*", ["*"], ["*"], ["*"]),
    ];

    /// <summary>Not every feed has the packages of the cluster engine, so all else must build without these projects.</summary>
    public static ImmutableArray<string> ClusterProjects { get; } =
        [Cluster, "hosts/Silo", ClientSample, "tests/OrleansScheduler.Cluster.Tests"];

    public static ImmutableArray<string> ClusterPackages { get; } = ["Microsoft.Orleans.*", "Cronos"];

    public static AllowedEdges? Of(ProjectFile project) => Table.FirstOrDefault(row => IsAny([row.Folder], project.Folder));

    public static bool IsCluster(ProjectFile project) => ClusterProjects.Contains(project.Folder);

    public static bool IsAny(ImmutableArray<string> patterns, string name) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
}
