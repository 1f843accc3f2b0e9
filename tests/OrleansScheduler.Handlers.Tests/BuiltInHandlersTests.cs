using OrleansScheduler.Errors;
using OrleansScheduler.Handlers.Expressions;
using OrleansScheduler.Handlers.Files;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Handlers;

public sealed class BuiltInHandlersTests
{
    [Fact]
    public async Task A_host_gets_the_handlers_that_it_asks_for()
    {
        using var folder = new TestFolder();
        await using var few = new BuiltInHandlers(new BuiltInHandlersOptions { Time = TestTime.System });
        await using var all = new BuiltInHandlers(new BuiltInHandlersOptions
        {
            Time = TestTime.System,
            Expressions = new ExpressionOptions { WorkerCommand = [.. WorkerProgram.Command] },
            Files = new FileHandlerOptions { Root = folder.Path },
            Processes = new ProcessHandlerOptions { Ledger = new ProcessLedger(folder.At("ledger")) },
        });
        var run = new TestRun("{'script': '6 * 7', 'write': 'out'}");

        await all.Find("expression")!.Create().HandleAsync(run);

        Assert.Equal(["expression", "http"], few.All.Select(handler => handler.Name));
        Assert.Equal(["expression", "file", "http", "process"], all.All.Select(handler => handler.Name));
        Assert.Equal(4, all.All.Select(handler => handler.Version).Distinct().Count());
        Assert.Equal(42, run.Writes["out"]);
        Assert.All(all.All, handler => Assert.Equal(ErrorCodes.RequestInvalid, Assert.Throws<SchedulerException>(() => handler.Validate(null)).Code));
    }

    [Fact]
    public void Arguments_of_a_host_are_no_arguments_of_a_worker()
    {
        Assert.False(HandlerWorker.TryRun([], out _));
        Assert.False(HandlerWorker.TryRun(["--data", HandlerWorker.Argument], out _));
    }
}
