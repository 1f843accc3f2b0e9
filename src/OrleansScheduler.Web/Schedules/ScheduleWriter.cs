using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>Makes a schedule what a client wants it to be, under the client's conditions.</summary>
internal static class ScheduleWriter
{
    /// <summary>Creates or updates the schedule of the address.</summary>
    /// <returns>The schedule with 201 when it is new, with 200 otherwise.</returns>
    /// <exception cref="SchedulerException">412 with <c>revision_conflict</c> or <c>already_exists</c> when a condition does not hold.</exception>
    public static async Task<ApiAnswer> PutAsync(ApiRequest request, ScheduleDefinition definition, string who)
    {
        var headers = request.Headers;
        if (headers.IfNoneMatch.Count > 0)
        {
            return headers is { IfNoneMatch: ["*"], IfMatch.Count: 0 }
                ? await CreateOnlyAsync(request, definition)
                : throw Fault.Invalid("If-None-Match", "With a change If-None-Match is *, without If-Match: nothing may be there yet.");
        }

        return ScheduleTag.Parse(headers) is { } tag
            ? await UpdateOnlyAsync(request, definition, tag, who)
            : await PutAnywayAsync(request, definition, who);
    }

    /// <summary>A schedule with its tag.</summary>
    public static ApiAnswer Answer(ApiRequest request, ScheduleDetail detail, int status = StatusCodes.Status200OK) =>
        ApiAnswer.Of(detail, status) with { Tag = ScheduleTag.Of(detail, request.Epoch).ToString() };

    private static async Task<ApiAnswer> CreateOnlyAsync(ApiRequest request, ScheduleDefinition definition)
    {
        try
        {
            return Answer(request, await request.Schedule.CreateAsync(definition, request.Patience()), StatusCodes.Status201Created);
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.AlreadyExists)
        {
            throw RefusedException.Of(fault, StatusCodes.Status412PreconditionFailed);
        }
    }

    private static async Task<ApiAnswer> UpdateOnlyAsync(ApiRequest request, ScheduleDefinition definition, ScheduleTag tag, string who)
    {
        try
        {
            // The actor compares revisions only, and those of another life of the schedule begin with 1 again.
            var present = ScheduleTag.Of(await request.Schedule.GetAsync(request.Patience()), request.Epoch);
            return (present.Incarnation, present.Epoch) == (tag.Incarnation, tag.Epoch)
                ? Answer(request, await request.Schedule.UpdateAsync(definition, tag.Revision, who, request.Patience()))
                : throw Conflict(present.Revision);
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.RevisionConflict)
        {
            throw RefusedException.Of(fault, StatusCodes.Status412PreconditionFailed);
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            throw RefusedException.Of(Conflict(0), StatusCodes.Status412PreconditionFailed);
        }
    }

    private static async Task<ApiAnswer> PutAnywayAsync(ApiRequest request, ScheduleDefinition definition, string who)
    {
        if (await UpdateAsync(request, definition, who) is { } updated)
        {
            return Answer(request, updated);
        }

        try
        {
            return Answer(request, await request.Schedule.CreateAsync(definition, request.Patience()), StatusCodes.Status201Created);
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.AlreadyExists)
        {
            // Somebody else created it between the two calls; so it is there now, and is updated like any other.
            if (await UpdateAsync(request, definition, who) is { } late)
            {
                return Answer(request, late);
            }

            throw;
        }
    }

    private static async Task<ScheduleDetail?> UpdateAsync(ApiRequest request, ScheduleDefinition definition, string who)
    {
        try
        {
            return await request.Schedule.UpdateAsync(definition, null, who, request.Patience());
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return null;
        }
    }

    private static SchedulerException Conflict(long revision) =>
        new SchedulerException(ErrorCodes.RevisionConflict, "The schedule is not the one that If-Match demands; it was changed, deleted or created anew.")
            .With("revision", revision.ToString(CultureInfo.InvariantCulture));
}
