using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OrleansScheduler.Tidy.Projects;

namespace OrleansScheduler.Tidy.Sources;

/// <summary>One C# source.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">All of it.</param>
/// <param name="Code">The same without comments and texts; see <see cref="CodeMask"/>.</param>
internal sealed record SourceFile(string Path, string Text, string Code)
{
    private static readonly Regex NamespaceLine = new(@"^namespace ([\w.]+)", RegexOptions.Multiline);

    // Types inside of other types are indented, so they do not match.
    private static readonly Regex TypeLine = new(
        @"^(?<public>public )?((internal|file|sealed|abstract|static|readonly|partial|ref|unsafe) )*"
        + @"((class|record struct|record class|record|struct|interface|enum) (?<name>\w+)|delegate [^(]*?(?<name>\w+)(<[^(]*>)?\()",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture);

    /// <summary>The sources of the product: src, hosts and the samples.</summary>
    public static ImmutableArray<SourceFile> OfProduct { get; } = [.. Load("src"), .. Load("hosts"), .. Load("config")];

    public static ImmutableArray<SourceFile> OfTests { get; } = [.. Load("tests")];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>The namespace that the file declares; null when it declares none.</summary>
    public string? Namespace => NamespaceLine.Match(Code) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The types that are declared outside of any other, without their arity.</summary>
    public ImmutableArray<(string Name, bool IsPublic)> Types =>
        [.. TypeLine.Matches(Code).Select(match => (match.Groups["name"].Value, match.Groups["public"].Success))];

    /// <summary>The project that the file belongs to; null when no folder above it has one.</summary>
    public ProjectFile? Project =>
        ProjectFile.All.FirstOrDefault(project => Path.StartsWith(project.Folder + "/", StringComparison.Ordinal));

    public static SourceFile Of(string path, string text) => new(path, text, CodeMask.Of(text));

    /// <summary>Every place in the code that fits, as the file with its line, and the text found there.</summary>
    public IEnumerable<(string Where, string Found)> Find(Regex pattern) => Find(pattern, Code);

    /// <summary>As <see cref="Find(Regex)"/>, with the comments and texts.</summary>
    public IEnumerable<(string Where, string Found)> FindInText(Regex pattern) => Find(pattern, Text);

    private IEnumerable<(string Where, string Found)> Find(Regex pattern, string text) =>
        pattern.Matches(text).Select(match => ($"{Path}:{text.AsSpan(0, match.Index).Count('\n') + 1}", match.Value.Trim()));

    private static IEnumerable<SourceFile> Load(string folder) =>
        Repository.Files(folder, ".cs").Select(path => Of(path, Repository.Read(path)));
}
