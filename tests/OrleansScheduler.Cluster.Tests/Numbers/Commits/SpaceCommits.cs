using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Commits;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Cluster.Tests.Numbers.Silos;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Cluster.Tests.Numbers.Commits;

/// <summary>Ours: every caller is a session of its own, and sets the one field of a document of its own.</summary>
internal sealed class SpaceCommits(ImmutableArray<ISpaceGrain> spaces, OwnDatabase database) : IDurableWriter
{
    /// <summary>Rows that were written.</summary>
    public long Flushes => database.RowWrites();

    public Task WriteAsync(int caller, long number)
    {
        var value = new SetOperation(AddressOf(caller), JsonString.Of(Payload.Text(caller, number)));
        return spaces[caller % spaces.Length].CommitAsync(new CommitRequest($"caller-{caller}", number, [], [value]), CancellationToken.None);
    }

    public void Accept(int caller, long number, Task write) =>
        WrongResultException.Unless(((Task<CommitReceipt>)write).Result.Changed, $"commit {number} of caller {caller} changed nothing");

    /// <summary>As many commits as the callers made, and their last values.</summary>
    public async Task VerifyAsync(long[] numbers)
    {
        for (int space = 0; space < spaces.Length; space++)
        {
            int[] callers = [.. Enumerable.Range(0, numbers.Length).Where(caller => caller % spaces.Length == space)];
            SpaceRead read = await spaces[space].ReadAsync(
                [.. callers.Select(caller => new ReadTarget(AddressOf(caller), ReadDepth.Deep))], atSequence: null, CancellationToken.None);
            long commits = callers.Sum(caller => numbers[caller]);
            WrongResultException.Unless(read.Sequence == commits, $"space {space} stands at {read.Sequence} after {commits} commits");
            for (int i = 0; i < callers.Length; i++)
            {
                WrongResultException.Unless(
                    (read.Reads[i].Value as JsonString)?.Text == Payload.Text(callers[i], numbers[callers[i]]),
                    $"commit {numbers[callers[i]]} of caller {callers[i]} is not there");
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Address AddressOf(int caller) => Address.Parse($"document-{caller}/value");
}
