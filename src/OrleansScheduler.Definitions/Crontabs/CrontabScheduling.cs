using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Makes schedules of jobs.</summary>
internal sealed class CrontabScheduling(CrontabOptions options)
{
    private const string Handler = "process";
    private const string WorkingDirectory = "working_directory";
    private const string Pause = "waits for an administrator to allow its command";
    private const int NextCount = 5;
    private const int HashChars = 6;

    // cron has no limit; this is the longest that a schedule can have. The default would end every backup that takes half an hour.
    private static readonly TimeSpan RunTimeMax = TimeSpan.FromDays(7);

    private readonly Dictionary<string, int> _copies = new(StringComparer.Ordinal);

    public static bool LacksHome(ScheduleDefinition definition) => definition.Target.Payload is JsonObject payload && payload[WorkingDirectory] is null;

    /// <summary>The schedule of a job, with a name that no earlier one has.</summary>
    /// <exception cref="Errors.SchedulerException"><c>cron_invalid</c> when it would never be due.</exception>
    public CrontabEntry Schedule(CrontabJob job, CrontabEnvironment environment, TimeZoneInfo zone)
    {
        var payload = Payload(job, environment);
        string hash = payload.Hash.ToString();
        var definition = new ScheduleDefinition(
            job.Expression is { } expression ? new CronTrigger(expression, zone.Id, DayMatch.Either) : new StartTrigger(),
            new HandlerTarget(Handler, null, payload),
            MaxRunDuration: RunTimeMax,
            Overlap: OverlapPolicy.Allow,
            Missed: MissedPolicy.Skip,
            Labels: ImmutableSortedDictionary.CreateRange(
                StringComparer.Ordinal,
                [
                    KeyValuePair.Create("crontab", options.Name),
                    KeyValuePair.Create("line", job.Line.ToString(CultureInfo.InvariantCulture)),
                    KeyValuePair.Create("command_hash", hash),
                ]),
            Description: job.Text,
            InitialPause: Pause);

        string first = FirstName(job, payload);
        int copy = _copies.GetValueOrDefault(first) + 1;
        string name = copy == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}-{copy}");
        var timetable = Timetable.Of(definition, ScheduleId.Of(options.Owner, name), options.Now);
        _copies[first] = copy;
        return new CrontabEntry(
            job.Line, job.Text, name, definition, timetable.Description, zone.Id,
            [.. timetable.Next(options.Now, NextCount).Select(instant => TimeZoneInfo.ConvertTime(instant, zone))],
            job.Command.Text, job.User, hash, Notes(job, environment));
    }

    private JsonObject Payload(CrontabJob job, CrontabEnvironment environment)
    {
        var payload = JsonObject.Of(
            ("shell", environment.Shell),
            ("command", job.Command.Text),
            ("environment", environment.For(job.User ?? options.CurrentUser)),
            ("clear_environment", true));
        payload = environment.Home is { } home ? payload.With(WorkingDirectory, home) : payload;
        payload = job.Command.Input is { } input ? payload.With("input", input) : payload;
        return job.User is { } user ? payload.With("user", user) : payload;
    }

    // The line number is no part of it, so a job that moves within its file stays the same schedule.
    private string FirstName(CrontabJob job, JsonObject payload)
    {
        var identity = JsonObject.Of(("user", job.User ?? ""), ("times", job.Times), ("payload", payload));
        return $"{options.Name}-{CrontabSlug.Of(job.Command.Text)}-{identity.Hash.ToString()[..HashChars]}";
    }

    private static ImmutableArray<string> Notes(CrontabJob job, CrontabEnvironment environment)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (job.Expression is null)
        {
            notes.Add("It runs at each start of the deployment, not of the machine.");
        }

        if (job.Macro is { } macro && macro.Any(char.IsAsciiLetterUpper))
        {
            notes.Add($"cron knows '{macro}' in lower case only.");
        }

        if (job.Expression?.Split(' ') is { } fields && fields[2][0] != '*' && fields[4][0] != '*')
        {
            notes.Add("It is due on days that fit the day of the month or the weekday, as cron decides it.");
        }

        if (job.Command.Input is not null)
        {
            notes.Add("What follows the first '%' is its standard input.");
        }

        if (job.Command.HasEscape)
        {
            notes.Add("Each '\\%' became a '%', as cron does it.");
        }

        if (job.Command.HasRedirection)
        {
            notes.Add("Its redirections are part of the command; the shell performs them, so what they catch is not in the log of the run.");
        }

        if (environment.Variables.GetValueOrDefault("MAILTO") is { Length: > 0 } address)
        {
            notes.Add($"cron would mail what it prints to {address}; here that is kept in the log of its run.");
        }

        if (job.User is { } user)
        {
            notes.Add($"cron would run it as {user}; the process handler decides whether it can.");
        }

        return notes.ToImmutable();
    }
}
