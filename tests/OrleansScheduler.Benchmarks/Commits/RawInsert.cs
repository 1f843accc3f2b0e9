namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>One insert that waits to become durable; the same kind of promise as an operation of our store.</summary>
internal sealed class RawInsert(byte[] payload) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public byte[] Payload => payload;
}
