using Spectre.Console;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Where people read: drawn tables on a terminal, plain columns anywhere else.</summary>
internal sealed class Screen
{
    private const int ColumnGap = 2;

    private readonly TextWriter _output;
    private readonly IAnsiConsole? _terminal;

    /// <param name="console">Where to write.</param>
    /// <param name="color">False to draw without colours.</param>
    public Screen(CliConsole console, bool color)
    {
        _output = console.Output;
        if (console.IsTerminal)
        {
            _terminal = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(console.Output),
                Ansi = color ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            });
            _terminal.Profile.Width = console.Width;
            _terminal.Profile.Capabilities.Unicode = true;
        }
    }

    /// <summary>A line of text; line breaks in it are kept.</summary>
    public void Line(string text = "") => _output.WriteLine(PlainText.Lines(text));

    /// <summary>Names with their values; those that are null or empty are left out.</summary>
    public void Facts(params (string Name, string? Value)[] facts)
    {
        var told = facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).ToArray();
        int width = told.Select(fact => fact.Name.Length).DefaultIfEmpty(0).Max() + ColumnGap;
        foreach (var (name, value) in told)
        {
            string[] lines = PlainText.Lines(value!).Split('\n');
            Line(name.PadRight(width) + string.Join("\n" + new string(' ', width), lines));
        }
    }

    /// <summary>A table; nothing when it has no rows.</summary>
    public void Table(TextTable table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        if (_terminal is null)
        {
            WritePlain(table);
        }
        else
        {
            Draw(_terminal, table);
        }
    }

    private static void Draw(IAnsiConsole terminal, TextTable table)
    {
        var drawn = new Table { Border = TableBorder.Rounded };
        foreach (string header in table.Headers)
        {
            drawn.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))));
        }

        foreach (string[] row in table.Rows)
        {
            drawn.AddRow(row.Select((cell, column) => new Text(cell, StyleOf(table.Headers[column], cell))));
        }

        terminal.Write(drawn);
    }

    private static Style StyleOf(string header, string cell) => header is not ("status" or "state")
        ? Style.Plain
        : cell switch
        {
            "completed" or "active" => new Style(Color.Green),
            "failed" or "timeout" or "lease_expired" or "host_lost" => new Style(Color.Red),
            "paused" or "aborted" or "queued" => new Style(Color.Yellow),
            _ => Style.Plain,
        };

    private void WritePlain(TextTable table)
    {
        string[][] rows = [[.. table.Headers.Select(header => header.ToUpperInvariant())], .. table.Rows];
        int[] widths = [.. table.Headers.Select((_, column) => rows.Max(row => row[column].Length) + ColumnGap)];
        foreach (string[] row in rows)
        {
            _output.WriteLine(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
