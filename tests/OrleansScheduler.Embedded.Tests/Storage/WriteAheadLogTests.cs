using System.Buffers.Binary;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A write-ahead log that a killed process left, and that is damaged before the next start.</summary>
public sealed class WriteAheadLogTests : IAsyncLifetime
{
    private const int Appends = 30;
    private const int HeaderBytes = 32;
    private const int FrameBytes = 24 + 4_096;

    private readonly TestFolder _folder = new();
    private byte[] _database = [];
    private byte[] _log = [];
    private byte[] _shared = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private long LastTransaction => Enumerable.Range(0, (_log.Length - HeaderBytes) / FrameBytes - 1)
        .Where(frame => BinaryPrimitives.ReadUInt32BigEndian(_log.AsSpan(HeaderBytes + (frame * FrameBytes) + 4)) != 0)
        .Max() + 1L;

    public async ValueTask InitializeAsync()
    {
        await using var store = await SqliteStores.OpenAsync(_folder);
        for (var i = 0; i < Appends; i++)
        {
            await store.Journal("space", $"{i % 3}").AppendAsync(i / 3, Entries($"{i}:" + new string('x', i * 50)), Cancellation);
        }

        _database = await ReadAsync(_folder.Database);
        _log = await ReadAsync(_folder.Database + "-wal");
        _shared = await ReadAsync(_folder.Database + "-shm");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_that_is_whole_gives_everything(bool withShared) =>
        Assert.Equal(Appends, await CountAsync(_log, withShared));

    [Fact]
    public async Task Damage_before_the_last_transaction_is_found_and_nothing_is_touched()
    {
        var random = new Random(1);
        for (var frame = 0; frame < LastTransaction; frame++)
        {
            var log = (byte[])_log.Clone();
            log[HeaderBytes + (frame * FrameBytes) + random.Next(FrameBytes)] ^= (byte)(1 << random.Next(8));
            using var folder = await LeaveAsync(log, withShared: false);

            var refusal = await Assert.ThrowsAsync<CorruptStateException>(() => SqliteStores.OpenAsync(folder));

            Assert.Equal("scheduler.db-wal", refusal.Details["row"]);
            Assert.Equal(log, await ReadAsync(folder.Database + "-wal"));
            Assert.Equal(_database, await ReadAsync(folder.Database));
        }
    }

    [Fact]
    public async Task Damage_in_the_last_transaction_looks_like_one_that_was_never_finished()
    {
        var log = (byte[])_log.Clone();
        log[^1] ^= 1;

        Assert.Equal(Appends - 1, await CountAsync(log, withShared: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(FrameBytes)]
    [InlineData((20 * FrameBytes) + 7)]
    public async Task What_the_killed_process_knew_tells_a_cut_log(int bytes)
    {
        using var folder = await LeaveAsync(_log[..^bytes], withShared: true);

        var refusal = await Assert.ThrowsAsync<CorruptStateException>(() => SqliteStores.OpenAsync(folder));

        Assert.Contains("were committed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(25)]
    public async Task A_damaged_header_is_found(int at)
    {
        var log = (byte[])_log.Clone();
        log[at] ^= 4;
        using var folder = await LeaveAsync(log, withShared: false);

        await Assert.ThrowsAsync<CorruptStateException>(() => SqliteStores.OpenAsync(folder));
    }

    [Fact]
    public async Task A_transaction_that_was_cut_off_is_left_out()
    {
        // What a killed process leaves: frames of a transaction without its end.
        Assert.Equal(Appends - 1, await CountAsync(_log[..^(FrameBytes / 2)], withShared: false));
    }

    private static Task<byte[]> ReadAsync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Task.FromResult(bytes);
    }

    private async Task<TestFolder> LeaveAsync(byte[] log, bool withShared)
    {
        var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder.Database, _database, Cancellation);
        await File.WriteAllBytesAsync(folder.Database + "-wal", log, Cancellation);
        if (withShared)
        {
            await File.WriteAllBytesAsync(folder.Database + "-shm", _shared, Cancellation);
        }

        return folder;
    }

    private async Task<int> CountAsync(byte[] log, bool withShared)
    {
        using var folder = await LeaveAsync(log, withShared);
        await using var store = await SqliteStores.OpenAsync(folder);
        var count = 0;
        for (var no = 0; no < 3; no++)
        {
            count += (await store.Journal("space", $"{no}").LoadAsync(Cancellation)).Entries.Length;
        }

        return count;
    }
}
