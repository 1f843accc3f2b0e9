using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Storage.Archives;
using OrleansScheduler.Errors;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Archives;

/// <summary>Exports that do not come to their end.</summary>
public sealed class SchedulerExportTests
{
    [Fact]
    public async Task An_archive_that_nobody_takes_ends_by_itself_when_it_holds_up_too_much()
    {
        var time = new FakeTime();
        var source = new Source();
        using var output = new StuckStream();
        using var export = new SchedulerExport(time, CancellationToken.None, () => { }) { Source = source };
        using var end = new CancellationTokenSource();
        Task writing = export.WriteToAsync(output, end.Token);
        await output.Stuck;

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(writing.IsCompleted);
        source.Excess = "too much";
        time.Advance(TimeSpan.FromSeconds(1));

        // Only an export that did not end by itself ends of this.
        await end.CancelAsync();
        Assert.Equal("too much", (await Assert.ThrowsAsync<OverloadedException>(() => writing)).Message);
        Assert.Equal(0, time.ArmedTimers);
    }

    [Fact]
    public async Task Whoever_gives_up_is_told_just_that()
    {
        using var output = new StuckStream();
        using var leaving = new CancellationTokenSource();
        using var export = new SchedulerExport(new FakeTime(), CancellationToken.None, () => { }) { Source = new Source() };
        Task writing = export.WriteToAsync(output, leaving.Token);
        await output.Stuck;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task An_export_that_does_not_open_leaves_room_for_the_next()
    {
        await using var store = new MemoryStore(MemoryImage.Empty, NoFaults.Instance, new FakeTime());
        var exports = new SchedulerExports(((IArchivedStore)store).OpenArchiveAsync, new FakeTime(), CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exports.OpenAsync(false, new CancellationToken(true)));

        Assert.Null(exports.UnderWay);
        using SchedulerExport next = await exports.OpenAsync(false, CancellationToken.None);
        Assert.NotNull(exports.UnderWay);
    }

    private sealed class Source : IArchiveSource
    {
        public ArchiveHeader Header { get; } = new(1, "1.0.0", "test", 1, 1, DateTimeOffset.UnixEpoch);

        public ImmutableArray<ArchiveDamage> Damaged => [];

        public string? Excess { get; set; }

        public IAsyncEnumerable<ArchivePart> ReadAsync(CancellationToken cancellation) => AsyncEnumerable.Empty<ArchivePart>();

        public void Dispose()
        {
        }
    }

    /// <summary>Takes nothing until it is told to give up.</summary>
    private sealed class StuckStream : MemoryStream
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stuck => _stuck.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource();
            await using CancellationTokenRegistration given = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            _stuck.TrySetResult();
            await never.Task;
        }
    }
}
