using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

/// <summary>Reads that have to wait because what they saw is not stored yet.</summary>
public sealed class SpaceReadTests
{
    private static readonly Address Where = Address.Parse("a/b");

    private readonly ScriptedJournal _storage = new();
    private readonly Turns _turns = new();
    private readonly SpaceActor _space;
    private readonly CancellationTokenSource _caller = new();

    public SpaceReadTests()
    {
        _space = new SpaceActor(new FakeContext(_storage), new HandlerCatalog(), NullLogger.Instance);
        _turns.Run(() => _space.ActivateAsync(CancellationToken.None));
        _storage.IsHeld = true;
        _ = _turns.Run(() => _space.CommitAsync(new CommitRequest("s", 1, [], [new SetOperation(Where, JsonNumber.Of(1))]), CancellationToken.None));
    }

    [Fact]
    public void A_read_is_answered_when_what_it_saw_is_stored()
    {
        Task<SpaceRead> read = Read();
        Assert.False(read.IsCompleted);

        while (_storage.Held > 0)
        {
            _turns.Run(_storage.ReleaseOne);
        }

        Assert.True(read.IsCompletedSuccessfully);
    }

    [Fact]
    public void Whoever_gives_up_is_let_go_while_storage_hangs()
    {
        Task<SpaceRead> read = Read();

        _turns.Run(_caller.Cancel);

        Assert.True(read.IsCanceled);
        Assert.True(_storage.Held > 0);
    }

    [Fact]
    public void A_write_that_fails_fails_the_read_that_saw_it()
    {
        Task<SpaceRead> read = Read();

        _turns.Run(() => _storage.FailOne(new StorageException("storage_failed", "It broke.", isTransient: true)));

        Assert.IsAssignableFrom<SchedulerException>(read.Exception?.InnerException);
    }

    private Task<SpaceRead> Read() => _turns.Run(() => _space.ReadAsync([new ReadTarget(Where, ReadDepth.Deep)], null, _caller.Token));
}
