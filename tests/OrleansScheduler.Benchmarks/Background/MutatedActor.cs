using System.Buffers.Binary;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Benchmarks.Background;

/// <summary>Keeps 4 KiB that change with each mutation; with or without a background writer.</summary>
internal sealed class MutatedActor : IActor, IMutated
{
    public const string State = "mutated";
    private const int Bytes = 4 << 10;

    private readonly IActorContext _context;
    private readonly BackgroundWriter<long>? _writer;
    private string? _etag;
    private long _mutations;
    private long _writes;

    public MutatedActor(IActorContext context, bool isWritten)
    {
        _context = context;
        _writer = isWritten ? new BackgroundWriter<long>(context.Time, context.StartTimer, WriteAsync, _ => { }, _ => { }) : null;
    }

    public bool IsIdle => false;

    public Task MutateAsync()
    {
        _mutations++;
        _writer?.Request(new BackgroundRequest("mutated", "benchmark", "one", _mutations), _mutations);
        return Task.CompletedTask;
    }

    public async Task<long> SaveAsync()
    {
        await (_writer?.SaveNowAsync(CancellationToken.None) ?? Task.CompletedTask);
        return _writes;
    }

    public async Task ActivateAsync(CancellationToken cancellation) => _etag = (await _context.State.ReadAsync(State, cancellation))?.ETag;

    public Task WakeAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task DeactivateAsync(CancellationToken cancellation) => Task.CompletedTask;

    private async Task WriteAsync(BackgroundRequest request, long mutations)
    {
        var content = new byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(content, mutations);
        _etag = await _context.State.WriteAsync(State, content, _etag, CancellationToken.None);
        _writes++;
    }
}
