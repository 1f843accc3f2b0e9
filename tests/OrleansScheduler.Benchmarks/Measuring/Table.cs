namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>The one Markdown table; rows are printed as they come.</summary>
internal sealed class Table(TextWriter output)
{
    public int Rows { get; private set; }

    /// <summary>Rows that have a target.</summary>
    public int Targets { get; private set; }

    /// <summary>Rows that do not meet it.</summary>
    public int Missed { get; private set; }

    public void Begin()
    {
        output.WriteLine();
        output.WriteLine("| id | work | what is included | median | spread | target | verdict |");
        output.WriteLine("|---|---|---|---|---|---|---|");
    }

    public void Add(string id, Row row)
    {
        var (values, unit) = (row.Values, row.Unit);
        var beside = row.Beside.Length > 0 ? $" ({row.Beside})" : "";
        output.WriteLine(
            $"| {id} | {row.Work} | {row.Included} | {unit.Print(values.Median)}{beside} "
            + $"| {unit.Print(values.Min)}..{unit.Print(values.Max)} | {row.Target?.Print(unit)} | {Judge(row)} |");
        output.Flush();
    }

    private string Judge(Row row)
    {
        Rows++;
        if (row.Target is null)
        {
            return "";
        }

        Targets++;
        if (row.Target.IsMetBy(row.Values))
        {
            return "met";
        }

        Missed++;
        return "**missed**";
    }
}
