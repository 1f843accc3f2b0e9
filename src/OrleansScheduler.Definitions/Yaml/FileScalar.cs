using OrleansScheduler.Documents;

namespace OrleansScheduler.Definitions.Yaml;

/// <summary>A single value.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; that of the quote when there is one.</param>
/// <param name="Text">Without quotes and escapes.</param>
/// <param name="Value">As the core schema of YAML 1.2 types it; null for an infinity and what is no number, which JSON lacks.</param>
/// <param name="TextColumn">The column of its first character, when text and file agree character by character; otherwise 0.</param>
internal sealed record FileScalar(int Line, int Column, string Text, JsonValue? Value, int TextColumn) : FileNode(Line, Column)
{
    public bool IsNull => Value is JsonNull;

    public override string Shown => Value switch
    {
        JsonNull => "nothing",
        JsonBoolean => $"the boolean {Text}",
        JsonNumber => $"the number {Short}",
        JsonString => $"the text '{Short}'",
        _ => $"'{Short}'",
    };

    private string Short => Text.Length > 40 ? Text[..40] + "…" : Text;

    /// <summary>The column of a character of the text, as far as it can be told; otherwise that of the value.</summary>
    public int ColumnOf(int position) => TextColumn > 0 ? TextColumn + Math.Clamp(position, 0, Text.Length) : Column;
}
