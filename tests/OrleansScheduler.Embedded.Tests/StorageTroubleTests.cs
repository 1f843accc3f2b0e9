using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Tests.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests;

/// <summary>What a whole scheduler does when its file is full or damaged.</summary>
public sealed class StorageTroubleTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_stops_writes_and_keeps_reads_until_there_is_room_again()
    {
        (EmbeddedScheduler scheduler, SqliteStore store) = await StartAsync(pagesMax: 120);
        await using EmbeddedScheduler owner = scheduler;
        ISpace space = scheduler.Directory.Get<ISpace>("default/full");
        long written = 0;
        SchedulerException? refusal = null;
        for (; refusal is null && written < 1_000; written++)
        {
            refusal = await RefusalOfAsync(() => space.CommitAsync(Commit(written + 1), Cancellation));
        }

        SpaceRead full = await space.ReadAsync([Target(1)], null, Cancellation);
        await store.LimitPagesAsync(null, Cancellation);
        CommitReceipt repeated = await space.CommitAsync(Commit(written), Cancellation);

        Assert.Equal((ErrorCodes.OutcomeUnknown, true), (refusal?.Code, refusal?.IsTransient));
        Assert.Equal(ErrorCodes.StorageFull, refusal?.Details["reason"]);
        Assert.NotNull(full.Reads[0].Value);
        Assert.Equal(written, repeated.Sequence);
        for (long number = 1; number <= written; number++)
        {
            Assert.NotNull((await space.ReadAsync([Target(number)], null, Cancellation)).Reads[0].Value);
        }
    }

    [Fact]
    public async Task A_damaged_row_stops_its_space_and_no_other()
    {
        (EmbeddedScheduler first, _) = await StartAsync();
        foreach (string name in new[] { "default/torn", "default/whole" })
        {
            await first.Directory.Get<ISpace>(name).CommitAsync(Commit(1), Cancellation);
        }

        await first.DisposeAsync();
        SqliteStores.Damage(_folder, "UPDATE log SET payload = CAST(payload || 'x' AS BLOB) WHERE journal = (SELECT no FROM journals WHERE key = 'default/torn')");

        (EmbeddedScheduler second, SqliteStore store) = await StartAsync();
        await using EmbeddedScheduler owner = second;
        SchedulerException? torn = await RefusalOfAsync(() => second.Directory.Get<ISpace>("default/torn").CommitAsync(Commit(2), Cancellation));
        CommitReceipt whole = await second.Directory.Get<ISpace>("default/whole").CommitAsync(Commit(2), Cancellation);

        Assert.Equal((ErrorCodes.CorruptState, "space/default/torn"), (torn?.Code, torn?.Details["journal"]));
        Assert.Equal(2, whole.Sequence);
        Assert.True(store.Statistics.RowsDamaged > 0);
    }

    private static CommitRequest Commit(long number) => new(
        "test", number, [], [new SetOperation(Target(number).Address, JsonString.Of(new string('x', 3_000)))]);

    private static ReadTarget Target(long number) => new(Address.Of(DocumentId.Parse($"d{number}")), ReadDepth.Deep);

    private static async Task<SchedulerException?> RefusalOfAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (SchedulerException refusal)
        {
            return refusal;
        }
    }

    private async Task<(EmbeddedScheduler Scheduler, SqliteStore Store)> StartAsync(long? pagesMax = null)
    {
        var time = new FakeTime();
        var store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = _folder.Path, PagesMax = pagesMax }, NoFaults.Instance, time, Cancellation);
        var builder = new EmbeddedSchedulerBuilder { Folder = _folder.Path, Time = time, Loggers = NullLoggerFactory.Instance };
        return (await EmbeddedScheduler.StartAsync(builder, store, new ThreadPoolTurnScheduler(), Cancellation), store);
    }
}
