using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>All calls of a handler for one run have one limit, whatever becomes of the wall clock.</summary>
public sealed class TargetTimeTests
{
    [Fact]
    public async Task After_a_conflict_it_is_not_called_again_when_its_time_is_over()
    {
        await using var product = (EmbeddedProduct)await EmbeddedProduct.StartAsync(new MemoryProductStorage());
        product.Handle("adds", async context =>
        {
            JsonValue? value = await context.ReadAsync(Address.Parse("in"));
            product.Board.Mark("called");
            await product.Board.MarkedAsync("go");
            context.Write(Address.Parse("in"), (value?.AsInt64() ?? 0) + 1);
        });
        ISchedule schedule = product.Schedule("adder");
        await schedule.CreateAsync(
            new ScheduleDefinition(new OnceTrigger(product.Now.AddDays(9)), new HandlerTarget("adds", SpaceId.Of("owner", "space")))
            {
                MaxRunDuration = TimeSpan.FromMinutes(15),
            },
            CancellationToken.None);
        await schedule.ExecuteAsync("r1", "somebody", CancellationToken.None);
        await product.Board.MarkedAsync("called");

        await product.CommitAsync(("in", "5"));
        product.Time.ShiftWallClock(TimeSpan.FromHours(1));
        product.Board.Mark("go");

        await product.Board.MarkedAsync("log:RunEnded:Timeout");
        Assert.Single(product.Board.Marks, "called");
        Assert.Equal("5", await product.ValueAsync("in"));
    }
}
