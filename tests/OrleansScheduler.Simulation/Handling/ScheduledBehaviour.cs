using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>How the handler of a schedule's run takes its time, fails, and lies. It follows from the name of the run; a further behaviour is a case more.</summary>
internal sealed class ScheduledBehaviour(World world, SimulatedProcess process, IRunContext context, string handler)
{
    // Longer than any run of a plan may take.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(25);

    private int Mood { get; } = Handling.Mood.Of(world.Plan.Seed, context.Run, world.IsCalm);

    // In calm times there is none below 30, which is all that goes wrong.
    public async Task RunAsync(Func<IRunContext, Task> work)
    {
        switch (Mood)
        {
            case < 4:
                await PauseAsync(50 + (Mood * 30));
                throw new InvalidOperationException("It is broken.");
            case < 7:
                await PauseAsync(Mood * 30);
                throw OddFault();
            case < 10:
                await work(context);
                WriteSecretly();
                throw new InvalidOperationException("It has written, and is broken.");
            case < 14:
                await Task.Delay(Timeout.InfiniteTimeSpan, process.Time, context.Cancellation);
                break;
            case < 17:
                await WaitUntilCancelledAsync();
                await work(context);
                return;
            case < 20 when process.MayIgnoreItsEnd(handler):
                await IgnoreItsEndAsync(returns: Mood % 2 == 0);
                return;
            case < 23 when handler == "adds":
                await CommitForItselfAsync();
                break;
            case < 30:
                await PauseAsync(500 + (Mood * 200));
                break;
            case < 60:
                await PauseAsync(Mood);
                break;
        }

        await work(context);
        if (Mood == 37)
        {
            context.CompleteSchedule();
        }

        if (Mood % 10 == 3)
        {
            // It goes on after it has returned: nobody may see what it does then.
            _ = ReachTooLateAsync(TimeSpan.FromMilliseconds(5), () => context.Log("too late"));
        }
    }

    // Nobody may see it: the run fails.
    private void WriteSecretly()
    {
        if (handler == "adds")
        {
            context.Write(SpaceAccount.Thrown, 1);
        }
    }

    // What the product may take for something else: an end that nobody asked for, a time that is not over, a fault of storage.
    private Exception OddFault() => ((int)(context.Instant.UtcTicks / TimeSpan.TicksPerMillisecond) & 7) switch
    {
        0 => new OperationCanceledException("Nobody asked for that."),
        1 => new OperationCanceledException("It ends with a token of its own.", new CancellationToken(canceled: true)),
        2 => new TimeoutException("It has waited for something else."),
        3 => new StorageException(ErrorCodes.StorageFailed, "It has read a file of its own."),
        4 => new SchedulerException(ErrorCodes.ReadConflict, "It says what only a space may say.", isTransient: true),
        5 => new AggregateException(new InvalidOperationException("One."), new OperationCanceledException("Two.")),
        6 => new FormatException(string.Concat(Enumerable.Repeat("\U0001F52E", 1_500))),
        _ => new CorruptStateException("schedule/none", "entry 1", "its handler says so"),
    };

    private async Task WaitUntilCancelledAsync()
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, process.Time, context.Cancellation);
        }
        catch (OperationCanceledException)
        {
            // It has been told, and goes on as if it had not.
        }
    }

    // It comes back when nobody waits for it any more, and nobody may see what it wrote then.
    private async Task IgnoreItsEndAsync(bool returns)
    {
        world.Ledger.Runs.GetValueOrDefault(context.Run)?.IgnoresItsEnd = true;
        await ReachTooLateAsync(TooLong, () => context.Write(SpaceAccount.Thrown, 99));
        if (!returns)
        {
            throw new InvalidOperationException("It comes back when nobody waits for it any more.");
        }
    }

    // Under the number that its run commits under, twice, and then the run itself does: all of them together count once.
    private async Task CommitForItselfAsync()
    {
        var run = RunId.Parse(context.Run);
        ScheduleAccount schedule = world.Ledger.Schedule(run.Schedule.ToString());
        if (!process.HasStarted || schedule.Definition is not { Target.Space: { } key } || schedule.Incarnation != run.Incarnation)
        {
            return;
        }

        ISpace space = process.Directory.Get<ISpace>(key.ToString());
        try
        {
            SpaceRead read = await space.ReadAsync([new ReadTarget(SpaceAccount.Counter, ReadDepth.Deep)], null, context.Cancellation);
            var request = new CommitRequest(
                schedule.SessionsOf(run)[schedule.Definition.EffectiveOverlap == Schedules.OverlapPolicy.Allow ? 1 : 0],
                run.Number,
                [read.Reads[0].Confirm()],
                [new SetOperation(SpaceAccount.Counter, (read.Reads[0].Value?.AsInt64() ?? 0) + 1)]);
            await space.CommitAsync(request, context.Cancellation);
            await space.CommitAsync(request, context.Cancellation);
        }
        catch (SchedulerException)
        {
            // Somebody was faster, or storage is not well.
        }
    }

    private async Task ReachTooLateAsync(TimeSpan after, Action reach)
    {
        try
        {
            await Task.Delay(after, process.Time);
            reach();
            world.Fail("closed", $"{context.Run} could still be reached after its end.");
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private Task PauseAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), process.Time, context.Cancellation);
}
