using OrleansScheduler.Actions;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Runs;

/// <summary>Which runs a request asks for.</summary>
/// <param name="Schedule">Those of one schedule; null for all.</param>
/// <param name="Status">Those of one status; null for all.</param>
/// <param name="From">Ended ones that ended then or later; null for no bound.</param>
/// <param name="To">Ended ones that ended before, and no open ones if it lies in the past; null for no bound.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Cursor">Where the page before ended; null for the first page.</param>
/// <param name="Now">When the request came.</param>
internal sealed record RunQuery(
    ScheduleId? Schedule, RunStatus? Status, DateTimeOffset? From, DateTimeOffset? To, int Limit, RunCursor? Cursor, DateTimeOffset Now)
{
    /// <summary>So many days have a history that may hold something: today and those before it.</summary>
    public const int DaysMax = HistoryShard.DaysKept + 1;

    // Before every run of the same instant in the order of the history: no name has a smaller text.
    private static readonly RunId FirstOfInstant = RunId.Of(ScheduleId.Of(ApiRequest.Owner, new string('-', 100)), "00000000", 1);

    /// <summary>Whether open runs may be meant.</summary>
    public bool WantsOpen => Schedule is not null && Cursor?.Ended is null && (To is not { } to || to > Now);

    /// <summary>Whether ended runs may be meant.</summary>
    public bool WantsEnded => Status is not (RunStatus.Queued or RunStatus.Running);

    /// <summary>Where the ended runs begin, going back; null for now.</summary>
    public HistoryCursor? Before => Cursor?.Ended is { } place && (To is not { } bound || place.EndedAt < bound)
        ? place
        : To is { } to ? new HistoryCursor(to, FirstOfInstant) : null;

    /// <summary>The query of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="schedule">The schedule of its address; null when the query may name one.</param>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>, <c>id_invalid</c>.</exception>
    public static RunQuery Of(ApiRequest request, ScheduleId? schedule)
    {
        var query = request.Query;
        if (schedule is null && query.Text("schedule") is { } name)
        {
            schedule = RequestQuery.Named("schedule", () => ScheduleId.Of(ApiRequest.Owner, name));
        }

        var (from, to) = (query.Instant("from"), query.Instant("to"));
        if (from >= to)
        {
            throw Fault.Invalid("to", "to lies after from.");
        }

        var wanted = new RunQuery(
            schedule, query.Choice<RunStatus>("status"), from, to, query.Limit(RunPage.RunsMax), RunCursor.Parse(query), request.Service<TimeProvider>().GetUtcNow());
        return wanted.WantsEnded || schedule is not null
            ? wanted
            : throw Fault.Invalid("status", "Only a schedule knows its open runs: with status queued or running a schedule is needed.");
    }

    /// <summary>Whether an ended run is meant.</summary>
    public bool IsMeant(ScheduleRun ended) => ended.EndedAt is { } at
        && (Status is not { } status || ended.Status == status) && (From is not { } from || at >= from) && (To is not { } to || at < to);

    /// <summary>The days whose histories may hold something, newest first.</summary>
    public IEnumerable<DateOnly> Days()
    {
        var today = DayOf(Now);
        var oldest = today.AddDays(1 - DaysMax);
        var first = Before is { } before && DayOf(before.EndedAt) < today ? DayOf(before.EndedAt) : today;
        var last = From is { } from && DayOf(from) > oldest ? DayOf(from) : oldest;
        for (var day = first; day >= last; day = day.AddDays(-1))
        {
            yield return day;
        }
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}
