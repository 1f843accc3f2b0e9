namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>Callers of one side that keep their numbers from round to round.</summary>
internal sealed class CallerCrowd(IDurableWriter writer, int callers, TimeProvider time)
{
    private readonly long[] _numbers = new long[callers];

    /// <summary>Lets all callers write for so long.</summary>
    public async Task<CommitRate> WriteAsync(TimeSpan length)
    {
        var (before, flushes) = (_numbers.Sum(), writer.Flushes);
        var started = time.GetTimestamp();
        var deadline = started + (long)(length.TotalSeconds * time.TimestampFrequency);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => WriteAsync(caller, deadline))));
        var writes = _numbers.Sum() - before;
        return new CommitRate(
            writes / time.GetElapsedTime(started).TotalSeconds,
            (double)writes / Math.Max(1, writer.Flushes - flushes));
    }

    /// <summary>Ends the side, and looks whether every write is there.</summary>
    public Task VerifyAsync() => writer.VerifyAsync(_numbers);

    private async Task WriteAsync(int caller, long deadline)
    {
        do
        {
            var write = writer.WriteAsync(caller, ++_numbers[caller]);
            await write;
            writer.Accept(caller, _numbers[caller], write);
        }
        while (time.GetTimestamp() < deadline);
    }
}
