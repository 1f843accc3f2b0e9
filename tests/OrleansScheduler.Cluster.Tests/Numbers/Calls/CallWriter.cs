using OrleansScheduler.Benchmarks.Commits;
using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Cluster.Tests.Numbers.Calls;

/// <summary>Calls that store nothing.</summary>
/// <param name="call">Of one caller.</param>
/// <param name="isRight">Whether the answer is the one that was due.</param>
internal sealed class CallWriter<T>(Func<int, long, Task<T>> call, Func<T, int, long, bool> isRight) : IDurableWriter
{
    public long Flushes => 0;

    public Task WriteAsync(int caller, long number) => call(caller, number);

    public void Accept(int caller, long number, Task write) =>
        WrongResultException.Unless(isRight(((Task<T>)write).Result, caller, number), $"call {number} of caller {caller} has a wrong answer");

    public Task VerifyAsync(long[] numbers) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
