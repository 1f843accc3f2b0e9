using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Cluster.Tests.Product;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using Xunit;
using static OrleansScheduler.Conformance.Product.ArchivedProduct;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>From a cluster to another deployment: what running silos exported goes on in one process, and in an empty cluster.</summary>
[Collection(PostgresGroup.Name)]
public sealed class ClusterExportTests(PostgresServer server)
{
    private const int Documents = 60;

    private static readonly string Text = new('x', 5_000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cluster_that_is_exported_under_way_goes_on_elsewhere(bool inCluster)
    {
        await using ClusterProduct original = await ClusterProduct.StartAsync(2, await server.NewDatabaseAsync(), Prepare);
        await original.RegisterAsync(original.Sum("sum", "total", "a", "b"));
        await original.CommitAndSettleAsync(("a", "1"), ("b", "2"));
        Assert.Equal("3", (await original.PullAsync("total")).Read.Value?.ToString());
        await FillAsync(original);
        long sums = await original.RunsAsync("sum");
        string?[] values = await ValuesAsync(original);
        ScheduleDetail created = await CreateAsync(original);
        await FireAsync(original, created, 1);
        await FireAsync(original, created, 2);

        // The third run is under way in the archive, with its lease and what its schedule owes.
        original.Board.Mark("closed");
        await original.ArmedForAsync(InstantOf(created, 3));
        await original.AdvanceAsync(InstantOf(created, 3) - original.Now);
        await original.Board.MarkedAsync("ran", 3);
        long token = (await GovernorOf(original)).Leases[0].Token;
        byte[] archive = await original.ExportAsync(() => FillAsync(original, from: 1_000));

        await using ProductUnderTest restored = await RestoreAsync(archive, original.Now + TimeSpan.FromSeconds(4), inCluster);
        await restored.SettleAsync();

        // Everything of the instant is there, nothing of what was written meanwhile, and what was computed is not computed again.
        Assert.NotEqual(values, await ValuesAsync(original));
        Assert.Equal(values, await ValuesAsync(restored));
        Assert.Equal("3", (await restored.PullAsync("total")).Read.Value?.ToString());
        Assert.Equal((sums, 2L), (await restored.RunsAsync("sum"), EpochOf(restored)));

        // The two runs that had ended are not repeated, the third is lost as in a crash, and the fourth follows.
        await restored.Board.MarkedAsync($"log:RunLost:{RunOf(created, 3)}");
        await FireAsync(restored, created, 4);
        ImmutableArray<ScheduleRun> runs = await restored.Schedule("s").ListRunsAsync(10, CancellationToken.None);
        Assert.Equal([RunStatus.Completed, RunStatus.HostLost, RunStatus.Completed, RunStatus.Completed], runs.Select(run => run.Status));
        Assert.Equal(Enumerable.Range(1, 4).Reverse().Select(number => InstantOf(created, number)), runs.Select(run => run.Instant));
        Assert.Equal(1, restored.Board.Count("ran"));

        // Sequences and tokens are greater than any that the original gave, also after the next start.
        CommitReceipt after = await CommitAsync(restored, 1);
        await restored.RestartAsync();
        CommitReceipt later = await CommitAsync(restored, 2);
        Assert.True(after.Sequence > 1L << 40 && later.Sequence == after.Sequence + 1, $"{after.Sequence} {later.Sequence}");
        restored.Board.Mark("closed");
        await restored.ArmedForAsync(InstantOf(created, 5));
        await restored.AdvanceAsync(InstantOf(created, 5) - restored.Now);
        await restored.Board.MarkedAsync("ran", 2);
        Assert.True((await GovernorOf(restored)).Leases[0].Token > token + (1L << 39));
        Assert.Equal(values, await ValuesAsync(restored));
    }

    [Fact]
    public async Task What_is_under_way_has_its_wakeups_in_the_archive_and_the_space_its_pages_and_segments()
    {
        string connection = await server.NewDatabaseAsync();
        await using ClusterProduct original = await ClusterProduct.StartAsync(1, connection, Prepare);
        await FillAsync(original);
        ScheduleDetail created = await CreateAsync(original);
        original.Board.Mark("closed");
        await original.ArmedForAsync(InstantOf(created, 1));
        await original.AdvanceAsync(InstantOf(created, 1) - original.Now);
        await original.Board.MarkedAsync("ran");

        string[] texts = await ArchiveTexts.ReadAsync(await original.ExportAsync(() => Task.CompletedTask));

        string wakeup = $"T{original.Now:HH}:";
        Assert.Contains(texts, text => text.StartsWith("governor/governor ", StringComparison.Ordinal) && text.Contains(wakeup, StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("schedule/owner/s ", StringComparison.Ordinal) && text.Contains(wakeup, StringComparison.Ordinal));
        Assert.Matches("^space/owner/space [1-9][0-9]* [1-9][0-9]* ", texts.Single(text => text.StartsWith("space/", StringComparison.Ordinal)));
        Assert.InRange(
            await PostgresServer.AskAsync<long>(connection, "SELECT count(*) FROM scheduler_row WHERE state LIKE 'space.journal.%'"), 10, long.MaxValue);
        Assert.DoesNotContain(texts, text => text.StartsWith("deployment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_export_runs_at_a_time_and_shows_in_the_scheduler_and_a_stop_ends_it()
    {
        string connection = await server.NewDatabaseAsync();
        await using ClusterProduct product = await ClusterProduct.StartAsync(2, connection, Prepare);
        ClusterScheduler[] silos = [.. product.Schedulers];
        using (SchedulerExport export = await silos[0].ExportAsync(false, CancellationToken.None))
        {
            using var stream = new MemoryStream();
            await export.WriteToAsync(stream, CancellationToken.None);

            await Assert.ThrowsAsync<OverloadedException>(() => silos[0].ExportAsync(false, CancellationToken.None));
            await Assert.ThrowsAsync<OverloadedException>(() => silos[1].ExportAsync(false, CancellationToken.None));
            Assert.Equal(new ExportProgress(export.Header.At, stream.Length), silos[0].Export);
        }

        Assert.Null(silos[0].Export);
        using SchedulerExport next = await silos[1].ExportAsync(false, CancellationToken.None);
        await product.RestartAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WriteToAsync(new MemoryStream(), CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_database_there_is_no_export()
    {
        await using var product = (ClusterProduct)await ClusterProduct.StartAsync(1);

        await Assert.ThrowsAsync<NotSupportedException>(() => product.Scheduler.ExportAsync(false, CancellationToken.None));
    }

    // With the mark "closed" a run waits for the mark "open", which nobody makes.
    private static void Prepare(ProductUnderTest product)
    {
        product.Sum("sum", "total", "a", "b");
        product.Handle("runs", async context =>
        {
            product.Board.Mark("ran");
            if (product.Board.Count("closed") > 0)
            {
                await product.Board.MarkedAsync("open").WaitAsync(context.Cancellation);
            }
        });
    }

    private async Task<ProductUnderTest> RestoreAsync(byte[] archive, DateTimeOffset now, bool inCluster) => inCluster
        ? await ClusterProduct.ImportAsync(archive, now, Prepare, await server.NewDatabaseAsync())
        : await EmbeddedOriginal.ImportAsync(archive, now, Prepare);

    private static async Task FillAsync(ProductUnderTest product, int from = 0)
    {
        var random = new Random(from);
        for (int i = from; i < from + 150; i++)
        {
            await product.CommitAsync(($"d{random.Next(Documents)}", $"\"{i}{Text}\""));
        }
    }

    private static async Task<string?[]> ValuesAsync(ProductUnderTest product)
    {
        List<string?> values = [await product.ValueAsync("a"), await product.ValueAsync("b")];
        for (int i = 0; i < Documents; i++)
        {
            values.Add(await product.ValueAsync($"d{i}"));
        }

        return [.. values];
    }

    private static long EpochOf(ProductUnderTest product) => product is ClusterProduct cluster ? cluster.Scheduler.Epoch : ((EmbeddedOriginal)product).Epoch;

    private static Task<GovernorSnapshot> GovernorOf(ProductUnderTest product) =>
        product.Directory.Get<IGovernor>(IGovernor.Key).GetAsync(CancellationToken.None);
}
