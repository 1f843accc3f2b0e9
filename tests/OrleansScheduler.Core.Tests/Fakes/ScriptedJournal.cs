using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Tests.Fakes;

/// <summary>A journal in memory that notes every call, and that lets a test hold or fail them.</summary>
internal sealed class ScriptedJournal : IJournalStorage
{
    private readonly Queue<(Action Land, TaskCompletionSource Done)> _held = new();
    private readonly Queue<Exception> _faults = new();

    /// <summary>The entries after the snapshot. A test may damage them.</summary>
    public List<byte[]> Entries { get; } = [];

    /// <summary>The pages of the snapshot. A test may damage them.</summary>
    public SortedDictionary<string, byte[]> Pages { get; } = new(StringComparer.Ordinal);

    public long SnapshotPosition { get; private set; }

    public long End => SnapshotPosition + Entries.Count;

    /// <summary>What was called, in order: <c>append 0+3</c>, <c>pages 3 a b -c</c>, <c>truncate 3</c>, and what others add.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>While true, writes wait for <see cref="ReleaseOne"/>.</summary>
    public bool IsHeld { get; set; }

    public int Held => _held.Count;

    public IEnumerable<string> CallsOf(string kind) => Calls.Where(call => call.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>The next write that begins fails with this, and leaves nothing.</summary>
    public void FailNext(Exception fault) => _faults.Enqueue(fault);

    /// <summary>The oldest write that is held lands.</summary>
    public void ReleaseOne()
    {
        var (land, done) = _held.Dequeue();
        land();
        done.SetResult();
    }

    /// <summary>The oldest write that is held fails, whether it landed or not.</summary>
    public void FailOne(Exception fault, bool lands = false)
    {
        var (land, done) = _held.Dequeue();
        if (lands)
        {
            land();
        }

        done.SetException(fault);
    }

    public Task<JournalContent> LoadAsync(CancellationToken cancellation) => Task.FromResult(new JournalContent(
        SnapshotPosition,
        [.. Pages.Reverse().Select(page => new JournalPage(page.Key, (ReadOnlyMemory<byte>)page.Value))],
        [.. Entries.Select(entry => (ReadOnlyMemory<byte>)entry)]));

    public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation) =>
        Write(Text($"append {expectedPosition}+{entries.Length}"), () =>
        {
            if (expectedPosition != End)
            {
                throw new StorageException(ErrorCodes.JournalConflict, "Another one wrote.", isTransient: false);
            }

            Entries.AddRange(entries.Select(entry => entry.ToArray()));
        });

    public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation)
    {
        var names = pages.OrderBy(page => page.Name, StringComparer.Ordinal).Select(page => page.Content is null ? "-" + page.Name : page.Name);
        return Write(Text($"pages {position} {string.Join(' ', names)}"), () =>
        {
            if (position < SnapshotPosition || position > End)
            {
                throw new StorageException(ErrorCodes.JournalConflict, "There is no such position.", isTransient: false);
            }

            foreach (JournalPage page in pages)
            {
                Pages.Remove(page.Name);
                if (page.Content is { } content)
                {
                    Pages.Add(page.Name, content.ToArray());
                }
            }

            Entries.RemoveRange(0, (int)(position - SnapshotPosition));
            SnapshotPosition = position;
        });
    }

    public Task TruncateAsync(long position, CancellationToken cancellation) => Write(Text($"truncate {position}"), () => { });

    public Task RetireAsync(CancellationToken cancellation) => Write("retire", () => { });

    public bool IsShared { get; init; } = true;

    public Task FenceAsync(long position, CancellationToken cancellation) => Write(Text($"fence {position}"), () => { });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private Task Write(string call, Action land)
    {
        Calls.Add(call);
        if (_faults.TryDequeue(out Exception? fault))
        {
            return Task.FromException(fault);
        }

        if (IsHeld)
        {
            var done = new TaskCompletionSource();
            _held.Enqueue((land, done));
            return done.Task;
        }

        try
        {
            land();
            return Task.CompletedTask;
        }
        catch (StorageException refusal)
        {
            return Task.FromException(refusal);
        }
    }
}
