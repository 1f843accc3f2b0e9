using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Conformance.Product;

/// <summary>What the tests of archives keep a product busy with, before the export and after the import: one schedule, and commits beside it.</summary>
public static class ArchivedProduct
{
    /// <summary>How often the schedule is due, in seconds.</summary>
    public const int Period = 10;

    /// <summary>Creates the schedule, whose handler is <c>runs</c>.</summary>
    public static Task<ScheduleDetail> CreateAsync(ProductUnderTest product) => product.Schedule("s").CreateAsync(
        new ScheduleDefinition(new IntervalTrigger(TimeSpan.FromSeconds(Period)), new HandlerTarget("runs")), CancellationToken.None);

    /// <summary>Moves the clock to an instant of the schedule, and waits for the end of its run.</summary>
    public static async Task FireAsync(ProductUnderTest product, ScheduleDetail created, int number)
    {
        await product.ArmedForAsync(InstantOf(created, number));
        await product.AdvanceAsync(InstantOf(created, number) - product.Now);
        await product.Board.MarkedAsync($"log:RunEnded:{RunOf(created, number)}");
    }

    /// <summary>The instant of a number, from 1.</summary>
    public static DateTimeOffset InstantOf(ScheduleDetail created, int number) => created.CreatedAt.AddSeconds(Period * number);

    /// <summary>The run of a number, from 1.</summary>
    public static RunId RunOf(ScheduleDetail created, int number) => RunId.Of(created.Schedule, created.Incarnation, number);

    /// <summary>Commits a number under it, in a session of its own.</summary>
    public static Task<CommitReceipt> CommitAsync(ProductUnderTest product, int number) => product.Space.CommitAsync(
        new CommitRequest("other", number, [], [new SetOperation(Address.Parse("c"), JsonValue.Parse($"{number}"))]), CancellationToken.None);
}
