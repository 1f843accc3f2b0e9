using OrleansScheduler.Web.Archives;

namespace OrleansScheduler.Web.Fakes;

/// <summary>Archives as a test wants them.</summary>
public sealed class FakeArchives : ISchedulerArchives
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Epoch { get; set; } = 1;

    /// <summary>What was asked for, each time whether damage is to be skipped.</summary>
    public List<bool> Opened { get; } = [];

    public int Disposed { get; private set; }

    /// <summary>Ends when the first archive is disposed: a client may see its connection break before that.</summary>
    public Task Released => _released.Task;

    public Exception? OpenFault { get; set; }

    public Exception? WriteFault { get; set; }

    public Task<ISchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation)
    {
        Opened.Add(skipDamaged);
        return OpenFault is { } fault ? Task.FromException<ISchedulerExport>(fault) : Task.FromResult<ISchedulerExport>(new FakeExport(this));
    }

    private sealed class FakeExport(FakeArchives archives) : ISchedulerExport
    {
        public async Task WriteToAsync(Stream output, CancellationToken cancellation)
        {
            await output.WriteAsync("first\n"u8.ToArray(), cancellation);
            await output.FlushAsync(cancellation);
            if (archives.WriteFault is { } fault)
            {
                throw fault;
            }

            await output.WriteAsync("last\n"u8.ToArray(), cancellation);
        }

        public void Dispose()
        {
            archives.Disposed++;
            archives._released.TrySetResult();
        }
    }
}
