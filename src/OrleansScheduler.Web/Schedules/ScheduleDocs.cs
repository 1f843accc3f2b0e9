using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.OpenApi;
using static OrleansScheduler.Web.OpenApi.Parameters;

namespace OrleansScheduler.Web.Schedules;

/// <summary>What the operations on schedules are.</summary>
internal static class ScheduleDocs
{
    private static readonly string[] Refusals =
    [
        ErrorCodes.IdInvalid, ErrorCodes.CronInvalid, ErrorCodes.PhraseInvalid, ErrorCodes.ZoneUnknown, ErrorCodes.PolicyUnsupported,
    ];

    public static OperationDoc List { get; } = new OperationDoc("list_schedules", "Names the schedules, or shows them whole.")
        .Asks(
            After,
            Limit(),
            ParameterDoc.Query("details", "True to show each schedule whole, at most 100 to a page.", ValueSchemas.Flag()))
        .Gives<SchedulePage>("Names; with details=true schedules.");

    public static OperationDoc Create { get; } = new OperationDoc("create_schedule", "Creates a schedule.")
        .Notes("The body has a name, and either trigger or when. Repeating it with the same definition changes nothing.")
        .Takes<ScheduleBody>()
        .Gives<ScheduleDetail>("The schedule.", tag: true)
        .Fails(Refusals).Fails(ErrorCodes.AlreadyExists, ErrorCodes.UnknownHandler);

    public static OperationDoc Preview { get; } = new OperationDoc("preview_schedule", "Shows what a schedule would be and when it would be due.")
        .Notes("Nothing is saved. The body is that of create_schedule, but its name may be missing. Values of H follow from the name.")
        .Asks(
            ParameterDoc.Query("from", "The instants come after it; now when it is missing.", ValueSchemas.Instant()),
            ParameterDoc.Query("count", "How many instants to show.", ValueSchemas.Number(1, SchedulePreview.CountMax, 5)))
        .Takes<ScheduleBody>()
        .Gives<SchedulePreview>("The trigger in words, and its next instants.")
        .Fails(Refusals);

    public static OperationDoc Get { get; } = new OperationDoc("get_schedule", "Shows a schedule whole.")
        .Gives<ScheduleDetail>("The schedule.", tag: true)
        .Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound);

    public static OperationDoc Put { get; } = new OperationDoc("put_schedule", "Creates a schedule or gives it another definition.")
        .Notes("The body has no name, and either trigger or when.")
        .Asks(Who, IfMatch, IfNoneMatch)
        .Takes<ScheduleBody>()
        .Gives<ScheduleDetail>("The schedule with its new definition.", tag: true)
        .Gives<ScheduleDetail>("The new schedule.", 201, tag: true)
        .Fails(Refusals).Fails(ErrorCodes.UnknownHandler)
        .FailsWith(412, ErrorCodes.RevisionConflict).FailsWith(412, ErrorCodes.AlreadyExists);

    public static OperationDoc Delete { get; } = new OperationDoc("delete_schedule", "Deletes a schedule and its runs.")
        .Asks(Who)
        .GivesNothing("It is deleted, or was not there.")
        .Fails(ErrorCodes.IdInvalid);

    public static OperationDoc Execute { get; } = new OperationDoc("execute_schedule", "Runs a schedule now, besides its own rhythm.")
        .Takes<ExecuteBody>(required: false)
        .Gives<ScheduleRun>("The run; the same one when the request is repeated.", 202)
        .Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound, ErrorCodes.RunOpen, ErrorCodes.ScheduleCompleted);

    public static OperationDoc Pause { get; } = new OperationDoc("pause_schedule", "Stops a schedule from being due.")
        .Takes<PauseBody>(required: false)
        .Gives<ScheduleDetail>("The paused schedule.", tag: true)
        .Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound, ErrorCodes.ScheduleCompleted);

    public static OperationDoc Resume { get; } = new OperationDoc("resume_schedule", "Lets a schedule be due again, from now on.")
        .Takes<ResumeBody>(required: false)
        .Gives<ScheduleDetail>("The active schedule.", tag: true)
        .Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound, ErrorCodes.ScheduleCompleted);

    public static OperationDoc Allow { get; } = new OperationDoc("allow_schedule", "Allows the command of a schedule and resumes it.")
        .Notes("The hash has to be that of the schedule's present payload, so that nothing is allowed that nobody has seen.")
        .NeedsAdministrator()
        .Takes<AllowBody>()
        .Gives<ScheduleDetail>("The active schedule.", tag: true)
        .Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound, ErrorCodes.RevisionConflict, ErrorCodes.ScheduleCompleted);
}
