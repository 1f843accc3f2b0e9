namespace OrleansScheduler.Definitions.Reading;

/// <summary>One thing that is wrong in a file of definitions.</summary>
/// <param name="File">The name of the file, as the reader was given it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Field">The path of the field, such as <c>schedules.nightly.when</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what was expected, in whole sentences.</param>
public sealed record DefinitionFault(string File, int Line, int Column, string Field, string Message)
{
    /// <summary>One line: place, field and message.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{File}:{Line}:{Column}: {(Field.Length > 0 ? Field + ": " : "")}{Message}");
}
