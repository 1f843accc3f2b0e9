using System.Collections.Immutable;
using System.Xml.Linq;

namespace OrleansScheduler.Tidy.Projects;

/// <summary>What a project file says about the project's dependencies.</summary>
/// <param name="Path">The path of the project file.</param>
/// <param name="RootNamespace">The namespace of the project's own folder.</param>
/// <param name="Projects">The folders of the projects that it references.</param>
/// <param name="Packages">The packages that it references.</param>
/// <param name="VersionedPackages">Those among them that state a version of their own.</param>
/// <param name="Frameworks">The shared frameworks that it references.</param>
/// <param name="ForeignSources">The source files outside of its folder that it compiles.</param>
/// <param name="UnexplainedNoWarn">The warnings that it suppresses without a comment directly above.</param>
internal sealed record ProjectFile(
    string Path,
    string RootNamespace,
    ImmutableArray<string> Projects,
    ImmutableArray<string> Packages,
    ImmutableArray<string> VersionedPackages,
    ImmutableArray<string> Frameworks,
    ImmutableArray<string> ForeignSources,
    ImmutableArray<string> UnexplainedNoWarn)
{
    /// <summary>Every project of the repository.</summary>
    public static ImmutableArray<ProjectFile> All { get; } =
        [.. new[] { "src", "hosts", "config", "tests" }.SelectMany(folder => Repository.Files(folder, ".csproj")).Select(Load)];

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public static ProjectFile Load(string path)
    {
        var document = XDocument.Parse(Repository.Read(path));
        var packages = Items(document, "PackageReference").ToArray();
        return new ProjectFile(
            path,
            document.Descendants("RootNamespace").FirstOrDefault()?.Value ?? System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Items(document, "ProjectReference").Select(item => FolderOf(path, Name(item)))],
            [.. packages.Select(Name)],
            [.. packages.Where(StatesVersion).Select(Name)],
            [.. Items(document, "FrameworkReference").Select(Name)],
            [.. Items(document, "Compile").Select(Name).Where(source => source.Contains("..", StringComparison.Ordinal))],
            [.. document.Descendants("NoWarn").Where(item => !IsExplained(item)).Select(item => item.Value)]);
    }

    private static IEnumerable<XElement> Items(XDocument document, string kind) => document.Descendants(kind);

    private static string Name(XElement item) =>
        (item.Attribute("Include") ?? item.Attribute("Update") ?? item.Attribute("Remove"))?.Value ?? "";

    private static bool StatesVersion(XElement item) =>
        item.Attributes().Select(attribute => attribute.Name.LocalName)
            .Concat(item.Elements().Select(element => element.Name.LocalName))
            .Any(name => name is "Version" or "VersionOverride");

    private static string FolderOf(string project, string reference)
    {
        var folder = System.IO.Path.GetDirectoryName(Repository.FullPath(project))!;
        var target = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, reference.Replace('\\', '/')));
        return Repository.Relative(System.IO.Path.GetDirectoryName(target)!);
    }

    private static bool IsExplained(XElement item) => IsBelowComment(item) || IsBelowComment(item.Parent!);

    private static bool IsBelowComment(XElement item) =>
        item.NodesBeforeSelf().Reverse().SkipWhile(node => node is XText).FirstOrDefault() is XComment;
}
