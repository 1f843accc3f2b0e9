using OrleansScheduler.Documents;
using OrleansScheduler.Samples.Earthquakes.Reports;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class WriteReportTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("earthquakes");
    private readonly MemorySpace _space = new();

    private string Folder => Path.Combine(_parent.FullName, "data");

    private string Report => Path.Combine(Folder, WriteReport.FileName);

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task The_report_is_the_ranking_as_a_table()
    {
        Rank("""[{"region":"CA","count":7,"strongest":2.50},{"region":"Utah","count":1,"strongest":null}]""");

        await new WriteReport(Folder).HandleAsync(new MemoryRun(_space));

        Assert.Equal(
            "# Earthquakes by region\n\n| rank | region | quakes | strongest |\n|---:|---|---:|---:|\n"
            + "| 1 | CA | 7 | 2.50 |\n| 2 | Utah | 1 | – |\n",
            await File.ReadAllTextAsync(Report));
    }

    [Fact]
    public async Task The_report_is_replaced_whole()
    {
        Rank("""[{"region":"CA","count":7,"strongest":2.50}]""");
        await new WriteReport(Folder).HandleAsync(new MemoryRun(_space));
        Rank("[]");

        await new WriteReport(Folder).HandleAsync(new MemoryRun(_space));

        Assert.DoesNotContain("CA", await File.ReadAllTextAsync(Report), StringComparison.Ordinal);
        Assert.Equal([Report], Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_run_that_was_told_to_stop_leaves_the_report_alone()
    {
        Rank("""[{"region":"CA","count":7,"strongest":2.50}]""");
        await new WriteReport(Folder).HandleAsync(new MemoryRun(_space));
        Rank("[]");

        var run = new MemoryRun(_space, cancellation: new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new WriteReport(Folder).HandleAsync(run));

        Assert.Contains("CA", await File.ReadAllTextAsync(Report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_and_summary_of_the_week_name_its_numbers()
    {
        var data = SampleFile.Data;
        using var world = new SampleWorld(data);
        await world.FeedAsync(data.Quakes.Length);

        await world.SettleAsync();

        Assert.Contains("| 1 | CA | 747 | ", await File.ReadAllTextAsync(world.PathOf("report.md")), StringComparison.Ordinal);
        var summary = await File.ReadAllTextAsync(world.PathOf("summary.md"));
        Assert.Contains("Quakes per hour: 10.", summary, StringComparison.Ordinal);
        Assert.Contains($"| 6+ | {data.Quakes.Count(quake => quake.Magnitude >= 6)} |", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("–", summary, StringComparison.Ordinal);
    }

    private void Rank(string regions) =>
        _space.Write(Address.Parse("ranking"), JsonObject.Of(("regions", JsonValue.Parse(regions))));
}
