using System.Collections.Immutable;

namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>What the harness gives one benchmark: rounds, a clock, folders, and the table.</summary>
/// <param name="id">The benchmark.</param>
/// <param name="rounds">How long to measure.</param>
/// <param name="time">The clock.</param>
/// <param name="folder">Where data goes.</param>
/// <param name="table">Where rows go.</param>
/// <param name="progress">Where it is told what runs now.</param>
internal sealed class BenchmarkRun(
    string id, Rounds rounds, TimeProvider time, DataFolder folder, Table table, TextWriter progress)
{
    public Rounds Rounds => rounds;

    public TimeProvider Time => time;

    public DataFolder Folder => folder;

    public void Report(Row row) => table.Add(id, row);

    /// <summary>Says what runs now.</summary>
    public void Tell(string work) => progress.WriteLine($"{id} {work} ...");

    /// <summary>Warms up, then measures one round after the other.</summary>
    /// <param name="work">Does the work for about so long and says what it cost.</param>
    public async Task<ImmutableArray<T>> RepeatAsync<T>(Func<TimeSpan, Task<T>> work)
    {
        await work(rounds.Warmup);
        var costs = ImmutableArray.CreateBuilder<T>(rounds.Count);
        for (var round = 0; round < rounds.Count; round++)
        {
            costs.Add(await OnceAsync(work));
        }

        return costs.MoveToImmutable();
    }

    /// <summary>Warms both up, then lets them alternate, each being first as often as the other.</summary>
    /// <param name="ours">Does the work for about so long and says what it cost.</param>
    /// <param name="peer">Does the same work in another way.</param>
    public async Task<ImmutableArray<(T Ours, T Peer)>> AlternateAsync<T>(Func<TimeSpan, Task<T>> ours, Func<TimeSpan, Task<T>> peer)
    {
        await ours(rounds.Warmup);
        await peer(rounds.Warmup);
        var costs = ImmutableArray.CreateBuilder<(T, T)>(rounds.Count);
        for (var round = 0; round < rounds.Count; round++)
        {
            if (round % 2 == 0)
            {
                var first = await OnceAsync(ours);
                costs.Add((first, await OnceAsync(peer)));
            }
            else
            {
                var first = await OnceAsync(peer);
                costs.Add((await OnceAsync(ours), first));
            }
        }

        return costs.MoveToImmutable();
    }

    // Nobody pays for the garbage of the one before.
    private Task<T> OnceAsync<T>(Func<TimeSpan, Task<T>> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return work(rounds.Length);
    }
}
