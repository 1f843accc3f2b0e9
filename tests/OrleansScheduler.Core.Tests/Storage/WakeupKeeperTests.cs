using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage;

public sealed class WakeupKeeperTests
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(60);

    private readonly FakeContext _context = new(new ScriptedJournal());
    private readonly WakeupKeeper _keeper;
    private Func<bool> _fence = () => true;

    public WakeupKeeperTests() => _keeper = new WakeupKeeper(_context, Ahead, () => Task.FromResult(_fence()));

    [Fact]
    public async Task It_is_registered_once_until_it_comes()
    {
        await _keeper.HoldAsync();
        var first = _context.WakeAt;
        _context.Clock.Advance(TimeSpan.FromSeconds(10));

        await _keeper.HoldAsync();

        Assert.Equal(first, _context.WakeAt);
        Assert.True(_keeper.IsHeld);
    }

    [Fact]
    public async Task For_an_open_actor_it_is_renewed()
    {
        await _keeper.HoldAsync();
        _context.Clock.Advance(Ahead);

        await _keeper.AnswerAsync(() => true);

        Assert.Equal(_context.Clock.GetUtcNow() + Ahead, _context.WakeAt);
    }

    [Fact]
    public async Task For_a_closed_actor_it_is_removed()
    {
        await _keeper.HoldAsync();

        await _keeper.AnswerAsync(() => false);

        Assert.Null(_context.WakeAt);
        Assert.False(_keeper.IsHeld);
    }

    [Fact]
    public async Task What_is_known_of_it_is_true_although_it_came_while_it_was_being_registered()
    {
        var registered = new TaskCompletionSource();
        _context.Registering = registered.Task;
        Task holding = _keeper.HoldAsync();
        Task answering = _keeper.AnswerAsync(() => false);

        registered.SetResult();
        await holding;
        await answering;

        Assert.Null(_context.WakeAt);
        Assert.False(_keeper.IsHeld);
    }

    [Fact]
    public async Task One_that_cannot_be_registered_at_once_is_tried_again_while_the_actor_is_open()
    {
        _context.Registering = Task.FromException(new StorageException(ErrorCodes.StorageFailed, "Told to fail."));

        await _keeper.HoldWhileAsync(() => true);
        await _context.Timers[^1].Turn();
        bool before = _keeper.IsHeld;
        _context.Registering = Task.CompletedTask;
        await _context.Timers[^1].Turn();

        Assert.False(before);
        Assert.True(_keeper.IsHeld);
        Assert.NotNull(_context.WakeAt);
    }

    [Fact]
    public async Task One_of_an_actor_that_closed_meanwhile_is_not_tried_again()
    {
        _context.Registering = Task.FromException(new StorageException(ErrorCodes.StorageFailed, "Told to fail."));
        await _keeper.HoldWhileAsync(() => false);

        _context.Registering = Task.CompletedTask;
        await Assert.Single(_context.Timers).Turn();

        Assert.False(_keeper.IsHeld);
        Assert.Single(_context.Timers);
    }

    [Fact]
    public async Task It_stays_while_the_journal_is_too_busy_to_keep_others_out()
    {
        _fence = () => false;

        await _keeper.AnswerAsync(() => false);

        Assert.NotNull(_context.WakeAt);
    }

    [Fact]
    public async Task It_stays_for_an_actor_that_opens_while_others_are_kept_out()
    {
        bool isOpen = false;
        _fence = () => isOpen = true;

        await _keeper.AnswerAsync(() => isOpen);

        Assert.NotNull(_context.WakeAt);
        Assert.True(_keeper.IsHeld);
    }

    [Fact]
    public async Task An_actor_that_opens_during_the_removal_has_it_again()
    {
        await _keeper.HoldAsync();
        var answers = new Queue<bool>([false, false, true]);

        await _keeper.AnswerAsync(answers.Dequeue);

        Assert.NotNull(_context.WakeAt);
        Assert.True(_keeper.IsHeld);
    }
}
