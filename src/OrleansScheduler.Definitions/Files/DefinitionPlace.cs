namespace OrleansScheduler.Definitions.Files;

/// <summary>Where in a file something is defined.</summary>
/// <param name="File">The name of the file, as the reader was given it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Field">The path of the field, such as <c>schedules.nightly.when</c>; empty for the file as a whole.</param>
public sealed record DefinitionPlace(string File, int Line, int Column, string Field)
{
    /// <summary>The form that editors and terminals understand: file, line and column, parted by colons.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
