using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using OrleansScheduler.Cluster.Tests.Clusters;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>Counts up one document of a space through silos that live, as a client that repeats what got no answer, and checks every answer.</summary>
internal sealed class SteadyWriter(SiloGroup group, int number, ConcurrentDictionary<string, int> refusals)
{
    // A client without an answer has nothing that it could wait for but time.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TestLimits.OneMax;

    private long _sequence;
    private long _answeredAt;

    /// <summary>The space that it writes to.</summary>
    public string Space { get; } = $"count{number}";

    /// <summary>The last count that was acknowledged.</summary>
    public int Count { get; private set; }

    /// <summary>The longest time between two answers.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>Writes some more counts.</summary>
    public async Task WriteAsync(int counts)
    {
        _answeredAt = Stopwatch.GetTimestamp();
        LongestGap = TimeSpan.Zero;
        for (int i = 0; i < counts; i++)
        {
            long sequence = await CommitAsync(Count + 1);
            Assert.True(sequence > _sequence, $"{Space}: commit {sequence} came after {_sequence}, so an acknowledged one is lost.");
            Count++;
            _sequence = sequence;
            LongestGap = TimeSpan.FromTicks(Math.Max(LongestGap.Ticks, Stopwatch.GetElapsedTime(_answeredAt).Ticks));
            _answeredAt = Stopwatch.GetTimestamp();
        }
    }

    public async Task AssertStoredAsync(SiloProcess silo)
    {
        JsonElement document = await silo.GetAsync($"spaces/{Space}/documents/count");

        Assert.Equal(Count, document.GetProperty("value").GetInt32());
    }

    private async Task<long> CommitAsync(int count)
    {
        for (int attempt = 0; ; attempt++)
        {
            // A space comes up on the silo that is asked for it first: this spreads them.
            SiloProcess[] living = [.. group.Living];
            try
            {
                return (await living[(number + count + attempt) % living.Length].PutAsync($"spaces/{Space}/documents/count", $"{count}")).GetProperty("sequence").GetInt64();
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && Stopwatch.GetElapsedTime(_answeredAt) < Patience)
            {
                refusals.AddOrUpdate(fault is HttpRequestException { StatusCode: { } status } ? $"{(int)status}" : "no answer", 1, (_, before) => before + 1);
                await Task.Delay(Pause, TestTime.System);
            }
        }
    }
}
