using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Schedules;

/// <summary>Runs the target of a schedule: calls the handler and commits what it wrote.</summary>
/// <remarks>
/// The commit carries the run's number in the schedule's own writer session, so that repeating it after a doubtful answer
/// is harmless. When a value that the handler read changed meanwhile, the handler is called again; after three calls the run fails.
/// </remarks>
internal sealed class TargetRunner(IActorContext context, HandlerCatalog handlers)
{
    private const int CallsMax = 3;
    private const int RepeatsMax = 5;

    // The name of a session has at most 200 characters; that of a schedule may have more.
    private const int NameCharsMax = 150;

    // A space remembers 64 numbers of a session and takes none below them.
    private const int SessionsOfOverlapping = 16;

    private readonly HandlerRunner _runner = new(context, handlers);

    /// <summary>Never throws.</summary>
    public async Task<TargetOutcome> RunAsync(ScheduleDefinition definition, ScheduleRun run, TimeSpan limit, CancellationToken abort)
    {
        // One limit for all calls together: the slot is held no longer than that. The governor reads the wall clock, which may be set
        // forwards; time that goes by is measured, in case that it is set back.
        DateTimeOffset overdue = context.Time.GetUtcNow() + limit;
        long begun = context.Time.GetTimestamp();
        TimeSpan left = limit;
        ISpace? space = definition.Target.Space is { } id ? context.Directory.Get<ISpace>(id.ToString()) : null;
        for (int call = 1; ; call++)
        {
            HandlerOutcome outcome = await _runner.RunAsync(
                definition.Target.Handler,
                stop => new RunContext(run.Run.ToString(), definition.Target.Payload, run.Instant, space, null, [], stop),
                left,
                abort);
            RunFootprint footprint = outcome.Footprint;
            if (outcome.Status != RunStatus.Completed || footprint.Operations.IsEmpty)
            {
                return new TargetOutcome(outcome.Status, null, footprint.Turns, outcome.Error, footprint.CompletesSchedule, footprint.Log);
            }

            try
            {
                long sequence = await CommitAsync(space, run, definition.EffectiveOverlap, footprint, abort);
                return new TargetOutcome(RunStatus.Completed, sequence, footprint.Turns, null, footprint.CompletesSchedule, footprint.Log);
            }
            catch (SchedulerException fault) when (fault.Code == ErrorCodes.ReadConflict && call < CallsMax)
            {
                // The next call reads anew, if there is time for one.
                TimeSpan shown = overdue - context.Time.GetUtcNow();
                TimeSpan measured = limit - context.Time.GetElapsedTime(begun);
                left = shown < measured ? shown : measured;
                if (left <= TimeSpan.Zero)
                {
                    var late = new RunError(ErrorCodes.Timeout, $"What it read had changed when it was done, and its {limit} were over.");
                    return new TargetOutcome(RunStatus.Timeout, null, footprint.Turns, late, false, footprint.Log);
                }
            }
            catch (SchedulerException fault)
            {
                return new TargetOutcome(RunStatus.Failed, null, footprint.Turns, new RunError(fault.Code, fault.Message), false, footprint.Log);
            }
        }
    }

    // Runs side by side end in any order. A long one may be overtaken by a thousand before its number is too old.
    private static string SessionOf(RunId run, OverlapPolicy overlap)
    {
        string schedule = run.Schedule.ToString();
        string name = schedule.Length <= NameCharsMax
            ? schedule
            : string.Create(CultureInfo.InvariantCulture, $"{schedule.AsSpan(0, NameCharsMax - 17)}~{StableHash.Of(schedule, 0):x16}");
        string lane = overlap == OverlapPolicy.Allow ? string.Create(CultureInfo.InvariantCulture, $"/{run.Number % SessionsOfOverlapping}") : "";
        return $"schedule {name}.{run.Incarnation}{lane}";
    }

    private async Task<long> CommitAsync(ISpace? space, ScheduleRun run, OverlapPolicy overlap, RunFootprint footprint, CancellationToken abort)
    {
        if (space is null)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"The run {run.Run} has no space to write to.").With("field", "target.space");
        }

        var request = new CommitRequest(SessionOf(run.Run, overlap), run.Run.Number, footprint.Reads, footprint.Operations);
        for (int repeat = 1; ; repeat++)
        {
            try
            {
                return (await space.CommitAsync(request, context.Stopping)).Sequence;
            }
            catch (SchedulerException fault) when (fault.IsTransient && repeat < RepeatsMax && !abort.IsCancellationRequested && !context.Stopping.IsCancellationRequested)
            {
                await PauseAsync(repeat, abort);
            }
        }
    }

    private async Task PauseAsync(int repeat, CancellationToken abort)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50 * Math.Pow(2, repeat)), context.Time, abort);
        }
        catch (OperationCanceledException)
        {
            // Whoever is asked to stop pauses no longer; the next call is the last then.
        }
    }
}
