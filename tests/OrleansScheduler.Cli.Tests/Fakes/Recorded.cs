using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Fakes;

/// <summary>Answers of a server, written as it writes them.</summary>
internal static class Recorded
{
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static readonly JsonValue Payload = JsonValue.Parse("""{"shell":"/bin/sh","command":"backup --all","environment":{},"clear_environment":true}""");

    public static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), ContractJson.Options);

    public static ScheduleDetail Detail(
        string name = "nightly",
        ScheduleState state = ScheduleState.Active,
        JsonValue? payload = null,
        string? initialPause = null,
        string? reason = null,
        string? crontab = null) => new(
        ScheduleId.Of("default", name),
        new ScheduleDefinition(
            new CronTrigger("30 9 * * 1-5", "Europe/Berlin"),
            new HandlerTarget("process", null, payload ?? Payload),
            Labels: crontab is null ? null : ImmutableSortedDictionary<string, string>.Empty.Add("crontab", crontab),
            InitialPause: initialPause),
        1,
        state,
        "0a1b2c3d",
        Now,
        reason is null || reason == initialPause ? null : "grace",
        reason,
        "At 09:30, on Monday to Friday (Europe/Berlin)",
        state == ScheduleState.Active ? Now.AddHours(8.5) : null,
        new ScheduleCounters(7, 0, 5, 2, 0),
        [],
        Run(5));

    public static ScheduleDetail Waiting(string name, string crontab = "crontab", string command = "backup --all") => Detail(
        name, ScheduleState.Paused, JsonObject.Of(("shell", "/bin/sh"), ("command", command)), "waits for an administrator", "waits for an administrator", crontab);

    public static ScheduleRun Run(long number, RunStatus status = RunStatus.Completed, RunError? error = null, string? log = null, string schedule = "nightly")
    {
        var start = Now.AddMinutes(-60 + number);
        bool open = status is RunStatus.Queued or RunStatus.Running;
        return new ScheduleRun(
            RunId.Of(ScheduleId.Of("default", schedule), "0a1b2c3d", number), OccurrenceOrigin.Nominal, start, null, status, start,
            StartedAt: status == RunStatus.Queued ? null : start.AddSeconds(1), EndedAt: open ? null : start.AddSeconds(2.5), Error: error, Log: log);
    }

    public static string Runs(string? next, params ScheduleRun[] runs) =>
        $$"""{"runs":[{{string.Join(',', runs.Select(Json))}}]{{(next is null ? "" : $",\"next\":\"{next}\"")}}}""";

    public static string Schedules(string? next, params ScheduleDetail[] schedules) =>
        $$"""{"schedules":[{{string.Join(',', schedules.Select(Json))}}]{{(next is null ? "" : $",\"next\":\"{next}\"")}}}""";

    public static string Governor(int cap = 8) => Json(new GovernorSnapshot(
        new GovernorSettings(cap, ImmutableSortedDictionary<string, int>.Empty.Add("reports", 2)),
        [new Lease(Run(3).Run, "reports", "host-1", 17, Now, Now.AddMinutes(20))],
        4, 99, 1));

    /// <summary>A preview of what is due on weekdays.</summary>
    public const string Preview = """
        {"trigger":{"kind":"cron","expression":"30 9 * * MON-FRI","zone":"Europe/Berlin","day_match":"both"},
        "description":"At 09:30, on Monday to Friday (Europe/Berlin)",
        "next":["2026-01-05T08:30:00+00:00","2026-01-06T08:30:00+00:00"],
        "definition":{"trigger":{"kind":"cron","expression":"30 9 * * MON-FRI","zone":"Europe/Berlin","day_match":"both"},"target":{"handler":"process"}}}
        """;
}
