using System.Collections.Immutable;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>An activation that ends while storage still writes for it, and the next one.</summary>
public sealed class UnfinishedWritesTests
{
    private readonly UnfinishedWrites _unfinished = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_next_activation_reads_when_the_last_write_of_the_former_has_ended(bool succeeds)
    {
        var storage = new Held();
        var former = new ActivationJournal(storage, _unfinished, "a");
        var next = new ActivationJournal(storage, _unfinished, "a");
        _ = former.WritePagesAsync(1, [], CancellationToken.None);

        former.End();
        Task<JournalContent> loading = next.LoadAsync(CancellationToken.None);
        Task<JournalContent> other = new ActivationJournal(storage, _unfinished, "b").LoadAsync(CancellationToken.None);
        bool waited = !loading.IsCompleted && storage.Loads == 1;
        storage.End(succeeds);

        await Task.WhenAll(loading, other);
        Assert.True(waited);
        Assert.Equal(2, storage.Loads);
    }

    [Fact]
    public async Task Writes_of_two_that_have_ended_are_both_waited_for()
    {
        var first = new Held();
        var second = new Held();
        Write(first);
        Write(second);
        Task waiting = _unfinished.WaitAsync("a", CancellationToken.None);

        second.End(true);
        bool waited = !waiting.IsCompleted;
        first.End(true);

        await waiting;
        Assert.True(waited);
    }

    [Fact]
    public async Task Whoever_gives_up_waits_no_longer()
    {
        using var over = new CancellationTokenSource();
        Write(new Held());
        Task<JournalContent> loading = new ActivationJournal(new Held(), _unfinished, "a").LoadAsync(over.Token);

        over.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
    }

    [Fact]
    public async Task Nothing_is_kept_of_what_has_ended()
    {
        var storage = new Held();
        Write(storage);
        Task waiting = _unfinished.WaitAsync("a", CancellationToken.None);
        int during = _unfinished.Count;

        storage.End(true);
        await waiting;
        new ActivationJournal(storage, _unfinished, "b").End();

        Assert.Equal(1, during);
        Assert.True(_unfinished.WaitAsync("b", CancellationToken.None).IsCompleted);
    }

    private void Write(Held storage)
    {
        var journal = new ActivationJournal(storage, _unfinished, "a");
        _ = journal.AppendAsync(0, [], CancellationToken.None);
        journal.End();
    }

    // Writes end when the test says so.
    private sealed class Held : IJournalStorage
    {
        private readonly TaskCompletionSource _write = new();

        public int Loads { get; private set; }

        public void End(bool succeeds)
        {
            if (succeeds)
            {
                _write.SetResult();
            }
            else
            {
                _write.SetException(new IOException("The disk failed."));
            }
        }

        public Task<JournalContent> LoadAsync(CancellationToken cancellation)
        {
            Loads++;
            return Task.FromResult(new JournalContent(0, [], []));
        }

        public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation) => _write.Task;

        public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation) => _write.Task;

        public Task TruncateAsync(long position, CancellationToken cancellation) => _write.Task;
    }
}
