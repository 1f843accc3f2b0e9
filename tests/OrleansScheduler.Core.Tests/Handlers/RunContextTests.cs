using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Handlers;

public sealed class RunContextTests
{
    private static readonly Address Place = Address.Parse("doc/a");

    private readonly RunContext _context = Context();

    [Fact]
    public void Writes_are_kept_in_order_until_the_end()
    {
        _context.Write(Place, 1);
        _context.Remove(Place);
        _context.Write(Place, "two");
        _context.CountTurn();

        var footprint = _context.Close();

        Assert.Equal([new SetOperation(Place, 1), new RemoveOperation(Place), new SetOperation(Place, "two")], footprint.Operations);
        Assert.Equal((1, false), (footprint.Turns, footprint.CompletesSchedule));
    }

    [Fact]
    public void Writing_nothing_is_the_handlers_mistake()
    {
        Assert.Throws<ArgumentNullException>(() => _context.Write(Place, null!));
        Assert.Throws<ArgumentNullException>(() => _context.Write(null!, 1));
        Assert.Throws<ArgumentNullException>(() => _context.Remove(null!));
        Assert.Empty(_context.Close().Operations);
    }

    [Fact]
    public async Task A_prefetched_value_is_read_once_and_confirmed_as_it_was()
    {
        var read = new DocumentRead(Place, ReadDepth.Deep, 7, ((JsonValue)5).Hash, 5, null);
        var context = Context(read, read with { Address = Address.Parse("unread") });

        var values = new[] { await context.ReadAsync(Place), await context.ReadAsync(Place) };

        Assert.All(values, value => Assert.Equal(5, value));
        Assert.Equal([read.Confirm()], context.Close().Reads);
    }

    [Fact]
    public async Task Without_a_space_there_is_nothing_to_read()
    {
        var refusal = await Assert.ThrowsAsync<SchedulerException>(async () => await _context.ReadAsync(Place));

        Assert.Equal((ErrorCodes.RequestInvalid, "target.space"), (refusal.Code, refusal.Details["field"]));
    }

    [Fact]
    public async Task A_run_that_is_over_takes_nothing_more()
    {
        _context.Close();

        Assert.Throws<OperationCanceledException>(() => _context.Write(Place, 1));
        Assert.Throws<OperationCanceledException>(() => _context.Remove(Place));
        Assert.Throws<OperationCanceledException>(_context.CountTurn);
        Assert.Throws<OperationCanceledException>(_context.CompleteSchedule);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await _context.ReadAsync(Place));
    }

    [Fact]
    public void More_than_10000_writes_are_refused()
    {
        for (int number = 0; number < 10_000; number++)
        {
            _context.Write(Place, number);
        }

        Assert.Equal(ErrorCodes.CommitTooLarge, Assert.Throws<SchedulerException>(() => _context.Write(Place, 0)).Code);
    }

    private static RunContext Context(params DocumentRead[] prefetched) =>
        new("run", null, DateTimeOffset.UnixEpoch, null, null, [.. prefetched], CancellationToken.None);
}
