using System.Collections.Immutable;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Definitions.Zones;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Reads the rule in time of a schedule: one of <c>when</c>, <c>cron</c>, <c>every</c> and <c>trigger</c>.</summary>
internal static class TriggerReading
{
    private const string Every = "every ";
    private static readonly TimeSpan PeriodMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PeriodMax = TimeSpan.FromDays(366);

    // A file is applied again and again, so what its phrases mean must not depend on when: both instants have to give the same.
    private static readonly DateTimeOffset OneInstant = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset OtherInstant = new(2002, 6, 15, 12, 34, 0, TimeSpan.Zero);

    /// <summary>The trigger of a schedule; null, and a fault, when there is none.</summary>
    public static Trigger? Read(Fields fields, ScheduleId schedule, FaultList faults)
    {
        string[] given = [.. new[] { "when", "cron", "every", "trigger" }.Where(name => fields.Node(name) is not null)];
        if (given.Length != 1)
        {
            fields.Fault(
                given.Length == 0 ? "trigger" : given[1],
                given.Length == 0
                    ? "The schedule has no rule in time. Expected one of when, cron, every or trigger."
                    : $"The schedule has several rules in time: {string.Join(", ", given)}. Expected one of them.");
            return null;
        }

        if (given[0] == "trigger")
        {
            foreach (string name in new[] { "zone", "day_match" }.Where(name => fields.Node(name) is not null))
            {
                fields.Fault(name, $"'{name}' belongs to when, cron and every. Beside a full trigger it stands inside of the trigger.");
            }

            return ReadFull(fields.Node("trigger")!, fields.PathOf("trigger"), schedule, faults);
        }

        string? zone = Zone(fields, "zone");
        var dayMatch = fields.Choice<DayMatch>("day_match") ?? DayMatch.Both;
        string? text = fields.Text(given[0], 1, CronExpression.CharsMax, given[0] == "every" ? "a length of time or a phrase" : "a rule in time");
        return zone is null || text is null ? null : ReadShort(fields, given[0], text, zone, dayMatch, schedule);
    }

    private static Trigger? ReadShort(Fields fields, string name, string text, string zone, DayMatch dayMatch, ScheduleId schedule)
    {
        int added = 0;
        try
        {
            if (name == "cron" && !text.TrimStart().StartsWith('@'))
            {
                CronExpression.Parse(text, dayMatch, schedule.ToString());
                return new CronTrigger(text, zone, dayMatch);
            }

            string phrase = name == "every" ? Every + text : text;
            added = phrase.Length - text.Length;
            var trigger = TriggerText.Parse(phrase, zone, dayMatch, OneInstant);
            if (TriggerText.Parse(phrase, zone, dayMatch, OtherInstant) == trigger)
            {
                return trigger;
            }

            fields.Fault(name, "The phrase counts from now, and a file is applied at any time. Expected an instant such as at 2026-12-24T18:00, or a rule that repeats.");
        }
        catch (SchedulerException fault)
        {
            string expected = fault.Details.GetValueOrDefault("expected", fault.Message);
            int position = Fields.PositionOf(fault) - added;
            string found = position < text.Length ? $"found '{Fields.Short(text[Math.Max(0, position)..])}'" : "found the end";
            fields.Fault(name, position, $"The rule is not understood: expected {expected}; {found}.");
        }

        return null;
    }

    private static Trigger? ReadFull(FileNode node, string path, ScheduleId schedule, FaultList faults)
    {
        var kinds = FieldNames.Triggers.Keys.ToImmutableArray();
        ImmutableArray<string> all = [.. FieldNames.Triggers.Values.SelectMany(names => names).Distinct()];
        if (node is not FileMapping mapping)
        {
            Fields.Of(node, path, all, faults);
            return null;
        }

        // The kind decides which fields there are, so it is read before the others are looked at.
        string? kind = (mapping.Members.FirstOrDefault(member => member.Name == "kind")?.Value as FileScalar)?.Text;
        if (kind is null || !FieldNames.Triggers.TryGetValue(kind, out var known))
        {
            var at = mapping.Members.FirstOrDefault(member => member.Name == "kind")?.Value ?? mapping;
            string message = kind is null ? $"'kind' is missing. Expected {Suggestion.List(kinds)}." : $"'{Fields.Short(kind)}' is no kind of trigger.{Suggestion.Of(kind, kinds)}";
            faults.Add(at, FieldPath.Join(path, "kind"), message);
            return null;
        }

        var fields = Fields.Of(node, path, known, faults)!;
        return kind switch
        {
            "cron" => ReadCron(fields, schedule),
            "interval" => ReadInterval(fields),
            "once" => fields.Required("instant", "an instant such as 2026-12-24T18:00:00Z") is not null && fields.Instant("instant") is { } instant ? new OnceTrigger(instant) : null,
            _ => new StartTrigger(),
        };
    }

    private static CronTrigger? ReadCron(Fields fields, ScheduleId schedule)
    {
        string? zone = Zone(fields, "zone");
        var dayMatch = fields.Choice<DayMatch>("day_match") ?? DayMatch.Both;
        if (fields.Required("expression", "a cron expression such as \"30 6 * * *\"") is null
            || fields.Text("expression", 1, CronExpression.CharsMax, "a cron expression") is not { } text)
        {
            return null;
        }

        try
        {
            CronExpression.Parse(text, dayMatch, schedule.ToString());
            return zone is null ? null : new CronTrigger(text, zone, dayMatch);
        }
        catch (SchedulerException fault)
        {
            fields.Fault("expression", Fields.PositionOf(fault), $"The cron expression is not understood: expected {fault.Details.GetValueOrDefault("expected", fault.Message)}.");
            return null;
        }
    }

    private static IntervalTrigger? ReadInterval(Fields fields)
    {
        var anchor = fields.Instant("anchor");
        return fields.Required("period", "a length of time such as 5m") is not null && fields.Length("period", PeriodMin, PeriodMax) is { } period
            ? new IntervalTrigger(period, anchor)
            : null;
    }

    // Null only when the name is faulty: without a name it is UTC.
    private static string? Zone(Fields fields, string name)
    {
        if (fields.Node(name) is null)
        {
            return "UTC";
        }

        if (fields.Text(name, 1, 100, "the IANA name of a time zone") is not { } zone)
        {
            return null;
        }

        if (TimeZones.Find(zone) is not null)
        {
            return zone;
        }

        fields.Fault(name, $"This machine knows no time zone '{zone}'.{(fields.IsFull ? "" : IanaZone.Suggest(zone))}");
        return null;
    }
}
