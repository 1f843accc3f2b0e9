using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Web.Fakes;

/// <summary>Answers of actors that several tests need.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly ActionId Action = ActionId.Of("strongest Alaska", "3fa9c012");
    public static readonly ScheduleId Nightly = ScheduleId.Of("default", "nightly");
    public static readonly RunId Run = RunId.Of(Nightly, "0a1b2c3d", 7);
    public static readonly CommitReceipt Receipt = new(42, true, 3);

    public static SpaceSummary Summary => new("default/quakes", 42, 5, 4, 3, 2, 1, 6, 99);

    public static ActionSummary ActionSummary =>
        new(Action, Action.Name, "strongest", ActionKind.Computation, ActionState.Clean, true, 3, 0, RunStatus.Completed, null);

    public static ScheduleRun ScheduleRun => new(
        Run,
        OccurrenceOrigin.Nominal,
        Noon,
        null,
        RunStatus.Completed,
        QueuedAt: Noon.AddMilliseconds(20),
        StartedAt: Noon.AddMilliseconds(120),
        EndedAt: Noon.AddMilliseconds(155),
        Commit: 42,
        Turns: 1);

    public static ScheduleRun OpenRun => ScheduleRun with { Status = RunStatus.Running, EndedAt = null, Commit = null };

    /// <summary>An ended run of any schedule.</summary>
    public static ScheduleRun Ended(string schedule, long number, DateTimeOffset at, RunStatus status = RunStatus.Completed) => ScheduleRun with
    {
        Run = RunId.Of(ScheduleId.Of("default", schedule), "0a1b2c3d", number), Status = status, EndedAt = at,
    };

    public static ScheduleDetail ScheduleDetail => new(
        Nightly,
        new ScheduleDefinition(new IntervalTrigger(TimeSpan.FromSeconds(10)), new HandlerTarget("feed", SpaceId.Of("default", "quakes"))),
        3,
        ScheduleState.Active,
        "0a1b2c3d",
        Noon,
        null,
        null,
        "every 10s",
        Noon.AddSeconds(10),
        new ScheduleCounters(7, 0, 7, 0, 0),
        [],
        ScheduleRun);

    public static CommitRecord Commit => new(42, Noon, "session x", 1, 0, [Address.Parse("ranking"), Address.Parse("count[0]/n")], 5);

    public static SpaceRead Read(Address address, JsonValue? value) =>
        new(50, [new DocumentRead(address, ReadDepth.Deep, 42, JsonValue.HashOf(value), value, null)]);
}
