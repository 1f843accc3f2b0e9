using System.Collections.Immutable;
using OrleansScheduler.Clocks;
using OrleansScheduler.Engine;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Schedules;

/// <summary>A durable definition of when something runs, and its runs. Key: a <see cref="ScheduleId"/>.</summary>
[Actor("schedule")]
public interface ISchedule
{
    /// <summary>Says what is wrong with a definition for this schedule, and changes nothing. The schedule need not exist.</summary>
    /// <exception cref="Errors.SchedulerException"><c>unknown_handler</c>, <c>request_invalid</c>, <c>cron_invalid</c>, <c>zone_unknown</c>,
    /// <c>policy_unsupported</c>, and what the handler says of its payload.</exception>
    Task CheckAsync(ScheduleDefinition definition, CancellationToken cancellation);

    /// <summary>Creates the schedule; repeating it with the same definition changes nothing.</summary>
    /// <exception cref="Errors.SchedulerException"><c>already_exists</c> when it exists with another definition,
    /// <c>unknown_handler</c>, <c>request_invalid</c>, <c>cron_invalid</c>, <c>policy_unsupported</c>.</exception>
    Task<ScheduleDetail> CreateAsync(ScheduleDefinition definition, CancellationToken cancellation);

    /// <summary>Gives the schedule another definition, from now on; every instant up to now keeps the fate that the old one gave it.
    /// The same definition changes nothing. A completed schedule is active again when the new definition has an instant ahead.</summary>
    /// <param name="definition">The whole new definition.</param>
    /// <param name="revision">The revision that shall be replaced; null for whichever there is.</param>
    /// <param name="who">Who asks, 1 to 200 characters.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>, <c>revision_conflict</c>, and those of <see cref="CreateAsync"/>.</exception>
    Task<ScheduleDetail> UpdateAsync(ScheduleDefinition definition, long? revision, string who, CancellationToken cancellation);

    /// <summary>The schedule as it is.</summary>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>.</exception>
    Task<ScheduleDetail> GetAsync(CancellationToken cancellation);

    /// <summary>Runs it now, besides its own rhythm; also while it is paused.</summary>
    /// <param name="request">Names the request: repeating it answers with the same run, as long as the schedule keeps that: while it is open, and among the last
    /// 50 that ended. 1 to 100 characters.</param>
    /// <param name="who">Who asks, 1 to 200 characters.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>, <c>run_open</c>, <c>schedule_completed</c>.</exception>
    Task<ScheduleRun> ExecuteAsync(string request, string who, CancellationToken cancellation);

    /// <summary>Stops the schedule from being due; what runs goes on. Repeating it changes nothing.</summary>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>, <c>schedule_completed</c>.</exception>
    Task<ScheduleDetail> PauseAsync(string who, string reason, CancellationToken cancellation);

    /// <summary>Lets the schedule be due again, from now on. Repeating it changes nothing.</summary>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>, <c>schedule_completed</c>.</exception>
    Task<ScheduleDetail> ResumeAsync(string who, CancellationToken cancellation);

    /// <summary>Deletes the schedule and its runs. A run under way is asked to stop. Repeating it changes nothing.</summary>
    Task DeleteAsync(string who, CancellationToken cancellation);

    /// <summary>The open runs and the last ended ones, newest first; older ones are in the history.</summary>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>.</exception>
    Task<ImmutableArray<ScheduleRun>> ListRunsAsync(int limit, CancellationToken cancellation);

    /// <summary>One of the runs that are kept.</summary>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>.</exception>
    Task<ScheduleRun> GetRunAsync(RunId run, CancellationToken cancellation);

    /// <summary>For the clock: an attention is due. The answer replaces it.</summary>
    /// <param name="attention">The number of the attention.</param>
    /// <param name="start">The present start of the deployment; null when the clock does not know it yet.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<Attention> AttendAsync(long attention, DeploymentStart? start, CancellationToken cancellation);
}
