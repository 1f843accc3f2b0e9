using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded.Tests.Product;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using Xunit;
using static OrleansScheduler.Conformance.Product.ArchivedProduct;

namespace OrleansScheduler.Embedded.Tests.Archives;

/// <summary>The whole product, exported under way and imported elsewhere.</summary>
public sealed class ProductArchiveTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_deployment_that_is_exported_under_way_goes_on_elsewhere(bool fromSqlite, bool toSqlite)
    {
        await using var original = await EmbeddedProduct.StartAsync(Storage(fromSqlite), TimeSpan.Zero, Prepare);
        await original.RegisterAsync(original.Sum("sum", "total", "a", "b"));
        await original.CommitAndSettleAsync(("a", "1"), ("b", "2"));
        Assert.Equal("3", (await original.PullAsync("total")).Read.Value?.ToString());
        ScheduleDetail created = await CreateAsync(original);
        await FireAsync(original, created, 1);
        await FireAsync(original, created, 2);

        // The third run is under way in the archive, and commits go on while the archive is written.
        original.Board.Mark("closed");
        await original.ArmedForAsync(InstantOf(created, 3));
        await original.AdvanceAsync(InstantOf(created, 3) - original.Now);
        await original.Board.MarkedAsync("ran", 3);
        CommitReceipt before = await original.CommitAsync(("a", "5"));
        byte[] archive = await ExportAsync(original, during: async () => await original.CommitAsync(("a", "99")));
        await original.CommitAndSettleAsync(("b", "1000"));
        long tokenOfOriginal = (await Governor(original)).Leases[0].Token;

        TimeSpan down = TimeSpan.FromSeconds((3 * Period) + 4);
        await using var restored = await EmbeddedProduct.StartAsync(new ImportedStorage(archive, toSqlite), down, Prepare);
        await restored.SettleAsync();

        // Everything acknowledged before is there, nothing of what came after, and computed documents follow.
        Assert.Equal(("5", "2", "7"), (await restored.ValueAsync("a"), await restored.ValueAsync("b"), (await restored.PullAsync("total")).Read.Value?.ToString()));
        Assert.Equal(2, restored.Condition.Epoch);

        // The two runs that had ended are not repeated, the third is lost as in a crash.
        await restored.Board.MarkedAsync($"log:RunLost:{RunOf(created, 3)}");
        await restored.ArmedForAsync(InstantOf(created, 4));
        await restored.AdvanceAsync(InstantOf(created, 4) - restored.Now);
        await restored.Board.MarkedAsync("ran");
        await restored.Board.MarkedAsync($"log:RunEnded:{RunOf(created, 4)}");

        ImmutableArray<ScheduleRun> runs = await restored.Schedule("s").ListRunsAsync(10, CancellationToken.None);
        Assert.Equal([RunStatus.Completed, RunStatus.HostLost, RunStatus.Completed, RunStatus.Completed], runs.Select(run => run.Status));
        Assert.Equal([4L, 3, 2, 1], runs.Select(run => run.Run.Number));
        Assert.Equal(Enumerable.Range(1, 4).Reverse().Select(number => InstantOf(created, number)), runs.Select(run => run.Instant));

        // Sequences and tokens are greater than any that the original gave.
        CommitReceipt after = await restored.Space.CommitAsync(new CommitRequest("other", 1, [], [Set("c", "1")]), CancellationToken.None);
        Assert.True(after.Sequence > 1L << 40, $"{after.Sequence}");
        Assert.True(before.Sequence < 100);
        Assert.True((await TokenAsync(restored)) > tokenOfOriginal + (1L << 39));
        Assert.Equal(5, (await Governor(restored)).Granted);
    }

    [Fact]
    public async Task Receipts_hold_and_old_sequences_compare_as_unknown()
    {
        await using var original = await EmbeddedProduct.StartAsync(Storage(false), TimeSpan.Zero, Prepare);
        await original.CommitAsync(("a", "1"));
        var known = new CommitRequest("client", 1, [], [Set("a", "2")]);
        CommitReceipt first = await original.Space.CommitAsync(known, CancellationToken.None);
        byte[] archive = await ExportAsync(original, () => Task.CompletedTask);
        await original.CommitAsync(("a", "3"));
        SpaceRead lost = await ReadAsync(original);

        await using var restored = await EmbeddedProduct.StartAsync(new ImportedStorage(archive, false), TimeSpan.Zero, Prepare);
        CommitReceipt repeated = await restored.Space.CommitAsync(known, CancellationToken.None);
        await restored.Space.CommitAsync(new CommitRequest("other", 1, [], [Set("a", "4")]), CancellationToken.None);
        var conditional = new CommitRequest("client", 2, [new ConfirmedRead(lost.Reads[0].Address, ReadDepth.Deep, lost.Reads[0].Sequence, lost.Reads[0].Hash)], [Set("b", "1")]);
        var conflict = await Assert.ThrowsAsync<SchedulerException>(() => restored.Space.CommitAsync(conditional, CancellationToken.None));
        var gone = await Assert.ThrowsAsync<SchedulerException>(() => restored.Space.ReadAsync([Target()], lost.Sequence, CancellationToken.None));
        CommitPage page = await restored.Space.ListCommitsAsync(lost.Sequence, 10, TimeSpan.Zero, CancellationToken.None);
        CommitPage all = await restored.Space.ListCommitsAsync(0, 10, TimeSpan.Zero, CancellationToken.None);

        // Without the epoch in it, the fourth value would have the sequence that the third had in the original.
        Assert.Equal(first, repeated);
        Assert.Equal((ErrorCodes.ReadConflict, ErrorCodes.SnapshotGone), (conflict.Code, gone.Code));
        Assert.Equal([(1L << 40) + 1], page.Commits.Select(commit => commit.Sequence));
        Assert.Equal([1, 2, (1L << 40) + 1], all.Commits.Select(commit => commit.Sequence));
        Assert.Equal(1, all.Oldest);
    }

    [Fact]
    public async Task One_export_runs_at_a_time_and_shows_in_the_condition()
    {
        await using var product = await EmbeddedProduct.StartAsync(Storage(true), TimeSpan.Zero, Prepare);
        using (SchedulerExport export = await product.Scheduler.ExportAsync(false, CancellationToken.None))
        {
            using var stream = new MemoryStream();
            await export.WriteToAsync(stream, CancellationToken.None);

            await Assert.ThrowsAsync<OverloadedException>(() => product.Scheduler.ExportAsync(false, CancellationToken.None));
            Assert.Equal(new ExportProgress(export.Header.At, stream.Length), product.Condition.Export);
        }

        Assert.Null(product.Condition.Export);
        (await product.Scheduler.ExportAsync(false, CancellationToken.None)).Dispose();
    }

    private static IProductStorage Storage(bool onSqlite) => onSqlite ? new SqliteProductStorage() : new MemoryProductStorage();

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

    private static async Task<byte[]> ExportAsync(EmbeddedProduct product, Func<Task> during)
    {
        using SchedulerExport export = await product.Scheduler.ExportAsync(false, CancellationToken.None);
        await during();
        using var stream = new MemoryStream();
        await export.WriteToAsync(stream, CancellationToken.None);
        await ArchiveVerifier.VerifyAsync(new MemoryStream(stream.ToArray()), CancellationToken.None);
        return stream.ToArray();
    }

    private static Task<GovernorSnapshot> Governor(ProductUnderTest product) =>
        product.Directory.Get<IGovernor>(IGovernor.Key).GetAsync(CancellationToken.None);

    private static async Task<long> TokenAsync(ProductUnderTest product)
    {
        var request = new SlotRequest(RunId.Of(ScheduleId.Of("owner", "other"), "0000000a", 1), null, product.Now, TimeSpan.FromSeconds(10), "test");
        var answer = await product.Directory.Get<IGovernor>(IGovernor.Key).AcquireAsync(request, TimeSpan.Zero, CancellationToken.None);
        return Assert.IsType<Admission.Granted>(answer).Lease.Token;
    }

    private static SetOperation Set(string address, string json) => new(Address.Parse(address), JsonValue.Parse(json));

    private static ReadTarget Target() => new(Address.Parse("a"), ReadDepth.Deep);

    private static Task<SpaceRead> ReadAsync(ProductUnderTest product) => product.Space.ReadAsync([Target()], null, CancellationToken.None);
}
