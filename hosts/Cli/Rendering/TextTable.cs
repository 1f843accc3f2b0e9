namespace OrleansScheduler.Cli.Rendering;

/// <summary>Rows of text, before anybody decides how they look.</summary>
/// <param name="Headers">The names of the columns.</param>
internal sealed record TextTable(params string[] Headers)
{
    private readonly List<string[]> _rows = [];

    /// <summary>The rows, each as long as the headers. A cell is a line without control characters.</summary>
    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>Adds a row; a null is an empty cell.</summary>
    public void Add(params string?[] cells)
    {
        if (cells.Length != Headers.Length)
        {
            throw new ArgumentException($"The row has {cells.Length} cells, and the table {Headers.Length} columns.", nameof(cells));
        }

        _rows.Add([.. cells.Select(cell => PlainText.Line(cell ?? ""))]);
    }
}
