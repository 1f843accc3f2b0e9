using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Actions;
using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Cluster.Tests.Product;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using Xunit;
using static OrleansScheduler.Conformance.Product.ArchivedProduct;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>From one process to a cluster: what the embedded engine exported goes on there.</summary>
public sealed class ClusterImportTests
{
    [Fact]
    public async Task A_deployment_that_is_exported_under_way_goes_on_in_a_cluster()
    {
        await using EmbeddedOriginal original = await EmbeddedOriginal.StartAsync(Prepare);
        await original.RegisterAsync(original.Sum("sum", "total", "a", "b"));
        await original.CommitAndSettleAsync(("a", "1"), ("b", "2"));
        Assert.Equal("3", (await original.PullAsync("total")).Read.Value?.ToString());
        long sums = await original.RunsAsync("sum");
        ScheduleDetail created = await CreateAsync(original);
        await FireAsync(original, created, 1);
        await FireAsync(original, created, 2);

        // The third run is under way in the archive, with its lease and what its schedule owes.
        original.Board.Mark("closed");
        await original.ArmedForAsync(InstantOf(created, 3));
        await original.AdvanceAsync(InstantOf(created, 3) - original.Now);
        await original.Board.MarkedAsync("ran", 3);
        long token = (await GovernorOf(original)).Leases[0].Token;
        byte[] archive = await original.ExportAsync();

        await using ClusterProduct restored = await ClusterProduct.ImportAsync(archive, original.Now + TimeSpan.FromSeconds(4), Prepare);
        await restored.SettleAsync();

        // Everything is there, and what was computed is not computed again.
        Assert.Equal(("1", "2", "3"), (await restored.ValueAsync("a"), await restored.ValueAsync("b"), (await restored.PullAsync("total")).Read.Value?.ToString()));
        Assert.Equal(sums, await restored.RunsAsync("sum"));
        Assert.Equal((2L, (1L << 40) + 1), (restored.Scheduler.Epoch, restored.Scheduler.Start!.Number));

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
        Assert.Equal(((1L << 40) + 1, (1L << 40) + 2), (after.Sequence, later.Sequence));
        Assert.Equal((2L, (1L << 40) + 2), (restored.Scheduler.Epoch, restored.Scheduler.Start!.Number));
        restored.Board.Mark("closed");
        await restored.ArmedForAsync(InstantOf(created, 5));
        await restored.AdvanceAsync(InstantOf(created, 5) - restored.Now);
        await restored.Board.MarkedAsync("ran", 2);
        Assert.True((await GovernorOf(restored)).Leases[0].Token > token + (1L << 39));
    }

    [Fact]
    public async Task Journals_with_many_pages_and_entries_arrive_whole()
    {
        await using EmbeddedOriginal original = await EmbeddedOriginal.StartAsync(Prepare);
        var random = new Random(1);
        string text = new('x', 20_000);
        for (int i = 0; i < 300; i++)
        {
            await original.CommitAsync(($"d{random.Next(120)}", $"\"{i}{text}\""));
        }

        string?[] values = await ValuesAsync(original);
        byte[] archive = await original.ExportAsync();

        await using ClusterProduct restored = await ClusterProduct.ImportAsync(archive, original.Now, Prepare);

        Assert.InRange(archive.Length, 2 << 20, int.MaxValue);
        Assert.Matches("\"kind\":\"space\",\"key\":\"owner/space\",\"snapshot\":[1-9]", Encoding.UTF8.GetString(archive));
        Assert.Equal(values, await ValuesAsync(restored));
        await CommitAsync(restored, 1);
        await restored.RestartAsync();
        Assert.Equal(values, await ValuesAsync(restored));
    }

    [Fact]
    public async Task A_deployment_that_has_begun_takes_no_archive()
    {
        byte[] archive = await ExportAsync();
        Func<Stream>? import = null;
        await using TestCluster cluster = Create(() => import);
        await cluster.StartAsync();
        await cluster.StopSilosAsync();
        await cluster.EndAsync();
        import = () => new MemoryStream(archive);

        Exception? fault = await Record.ExceptionAsync(cluster.StartAsync);

        Assert.Equal(ErrorCodes.DeploymentNotEmpty, CodeOf(fault));
    }

    [Fact]
    public async Task What_was_broken_off_keeps_silos_from_starting_and_what_is_cut_off_changes_nothing()
    {
        byte[] archive = await ExportAsync();
        Func<Stream>? import = () => new MemoryStream(archive[..(archive.Length / 2)]);
        await using TestCluster cluster = Create(() => import);

        Exception? cut = await Record.ExceptionAsync(cluster.StartAsync);
        await cluster.EndAsync();
        int opened = 0;
        import = () => ++opened == 1 ? new MemoryStream(archive) : new MemoryStream(archive[..(archive.Length / 2)]);
        Exception? broken = await Record.ExceptionAsync(cluster.StartAsync);
        await cluster.EndAsync();
        import = null;
        Exception? left = await Record.ExceptionAsync(cluster.StartAsync);

        Assert.Equal((ErrorCodes.ArchiveInvalid, ErrorCodes.ArchiveInvalid), (CodeOf(cut), CodeOf(broken)));
        Assert.Equal(2, opened);
        Assert.Equal(ErrorCodes.StorageLocked, CodeOf(left));
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

    private static async Task<byte[]> ExportAsync()
    {
        await using EmbeddedOriginal original = await EmbeddedOriginal.StartAsync(Prepare);
        await original.CommitAsync(("a", "1"));
        return await original.ExportAsync();
    }

    private static TestCluster Create(Func<Func<Stream>?> import) =>
        new(new ProbeBoard(), 1, time => new ClusterSchedulerOptions { Time = time, Import = import() }, _ => { });

    private static async Task<string?[]> ValuesAsync(ProductUnderTest product)
    {
        List<string?> values = [];
        for (int i = 0; i < 120; i++)
        {
            values.Add(await product.ValueAsync($"d{i}"));
        }

        return [.. values];
    }

    private static Task<GovernorSnapshot> GovernorOf(ProductUnderTest product) =>
        product.Directory.Get<IGovernor>(IGovernor.Key).GetAsync(CancellationToken.None);

    private static string? CodeOf(Exception? fault) => fault switch
    {
        null => null,
        SchedulerException known => known.Code,
        AggregateException many => many.InnerExceptions.Select(CodeOf).FirstOrDefault(code => code is not null),
        _ => CodeOf(fault.InnerException),
    };
}
