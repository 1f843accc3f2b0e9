using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>Ours: every caller is a session of its own, and sets the one field of a document of its own.</summary>
internal sealed class SpaceWriter : IDurableWriter
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly EmbeddedScheduler _scheduler;
    private readonly ImmutableArray<Writer> _writers;
    private readonly long[] _sequenceSums;

    private SpaceWriter(string folder, TimeProvider time, EmbeddedScheduler scheduler, CommitLoad load)
    {
        (_folder, _time, _scheduler) = (folder, time, scheduler);
        _sequenceSums = new long[load.Spaces];
        _writers = [.. Enumerable.Range(0, load.Callers).Select(caller => new Writer(
            caller % load.Spaces,
            scheduler.Directory.Get<ISpace>(SpaceOf(caller % load.Spaces)),
            $"caller-{caller}",
            Address.Parse($"document-{caller}/value")))];
    }

    public long Flushes => _scheduler.Condition.Storage.Groups;

    public static async Task<SpaceWriter> OpenAsync(string folder, TimeProvider time, SlowFlush disk, CommitLoad load) =>
        new(folder, time, await StartAsync(folder, time, load.Delay > TimeSpan.Zero ? disk : NoFaults.Instance), load);

    public Task WriteAsync(int caller, long number)
    {
        var writer = _writers[caller];
        var value = new SetOperation(writer.Address, JsonString.Of(Payload.Text(caller, number)));
        return writer.Space.CommitAsync(new CommitRequest(writer.Session, number, [], [value]), CancellationToken.None);
    }

    public void Accept(int caller, long number, Task write)
    {
        var receipt = ((Task<CommitReceipt>)write).Result;
        WrongResultException.Unless(receipt.Changed, $"commit {number} of caller {caller} changed nothing");
        Interlocked.Add(ref _sequenceSums[_writers[caller].SpaceNumber], receipt.Sequence);
    }

    public async Task VerifyAsync(long[] numbers)
    {
        var lost = await _scheduler.StopAsync(CancellationToken.None);
        WrongResultException.Unless(lost.IsEmpty, $"not stored in time: {string.Join(", ", lost)}");
        await using var again = await StartAsync(_folder, _time, NoFaults.Instance);
        for (var number = 0; number < _sequenceSums.Length; number++)
        {
            var space = again.Directory.Get<ISpace>(SpaceOf(number));
            ImmutableArray<int> callers = [.. Enumerable.Range(0, numbers.Length).Where(caller => caller % _sequenceSums.Length == number)];
            await VerifySequencesAsync(space, number, callers.Sum(caller => numbers[caller]));
            await VerifyValuesAsync(space, callers, numbers);
        }
    }

    public ValueTask DisposeAsync() => _scheduler.DisposeAsync();

    private static string SpaceOf(int number) => SpaceId.Of("benchmarks", $"space-{number}").ToString();

    private static Task<EmbeddedScheduler> StartAsync(string folder, TimeProvider time, IStorageFaults faults) =>
        new EmbeddedSchedulerBuilder { Folder = folder, Time = time, Loggers = NullLoggerFactory.Instance, Faults = faults }
            .StartAsync(CancellationToken.None);

    /// <summary>As many commits as the callers made, and every sequence given out once.</summary>
    private async Task VerifySequencesAsync(ISpace space, int number, long commits)
    {
        var sequence = (await space.SummarizeAsync(CancellationToken.None)).Sequence;
        WrongResultException.Unless(sequence == commits, $"space {number} stands at {sequence} after {commits} commits");
        var (sum, due) = (_sequenceSums[number], commits * (commits + 1) / 2);
        WrongResultException.Unless(sum == due, $"the sequences that space {number} gave out add up to {sum} instead of {due}");
    }

    private async Task VerifyValuesAsync(ISpace space, ImmutableArray<int> callers, long[] numbers)
    {
        var targets = ImmutableArray.CreateRange(callers, caller => new ReadTarget(_writers[caller].Address, ReadDepth.Deep));
        var found = await space.ReadAsync(targets, atSequence: null, CancellationToken.None);
        for (var i = 0; i < callers.Length; i++)
        {
            var (caller, value) = (callers[i], found.Reads[i].Value as JsonString);
            WrongResultException.Unless(
                value?.Text == Payload.Text(caller, numbers[caller]),
                $"after reopening, commit {numbers[caller]} of caller {caller} is not there");
        }
    }

    private sealed record Writer(int SpaceNumber, ISpace Space, string Session, Address Address);
}
