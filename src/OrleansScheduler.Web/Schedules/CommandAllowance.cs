using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Permissions;
using OrleansScheduler.Web.Permissions;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>Allows the very command that a schedule runs, and lets the schedule go on.</summary>
internal static class CommandAllowance
{
    /// <summary>Answers the request of an administrator.</summary>
    /// <exception cref="SchedulerException"><c>administrator_needed</c>, <c>id_invalid</c>, <c>not_found</c>, <c>revision_conflict</c>
    /// when the schedule's payload is another one.</exception>
    public static async Task<ApiAnswer> AllowAsync(ApiRequest request)
    {
        Administrator.Require(request);
        var body = await request.BodyAsync<AllowBody>();
        var hash = RequestQuery.Named("command_hash", () => ContentHash.Parse(body.CommandHash));
        var who = Requester.Who(body.Who);
        var note = PermissionEndpoints.Note(body.Note) ?? $"The command of {request.ScheduleId}.";

        var detail = await request.Schedule.GetAsync(request.Patience());
        if (JsonValue.HashOf(detail.Definition.Target.Payload) is var present && present != hash)
        {
            throw new SchedulerException(
                ErrorCodes.RevisionConflict, "The schedule runs another command than the one of this hash; look at it before you allow it.")
                .With("revision", detail.Revision.ToString(CultureInfo.InvariantCulture))
                .With("command_hash", present.ToString());
        }

        await request.Actor<IPermissions>(IPermissions.Key)
            .AllowAsync(PermissionKind.Command, hash.ToString(), note, who, request.Patience());
        return ScheduleWriter.Answer(request, await request.Schedule.ResumeAsync(who, request.Patience()));
    }
}
