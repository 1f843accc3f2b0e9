using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Reads the schedules of a file.</summary>
internal sealed class ScheduleReading(string owner, FaultList faults)
{
    private const int ExcludedDatesMax = 1_000;
    private const int LabelsMax = 32;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public DefinedSchedule? Read(FileMember member, string path)
    {
        int before = faults.Count;
        if (!ScheduleId.TryParse($"{owner}/{member.Name}", null, out var id))
        {
            faults.Add(member.Key, path, $"'{Fields.Short(member.Name)}' is no name of a schedule. Expected 1 to 100 letters, digits, '.', '-' or '_'.");
        }

        if (Fields.Of(member.Value, path, FieldNames.Schedule, faults) is not { } fields)
        {
            return null;
        }

        var definition = ReadDefinition(fields, id);
        if (definition is null || faults.Count > before)
        {
            return null;
        }

        return Check(fields, definition, id)
            ? new DefinedSchedule(id, definition, new DefinitionPlace(faults.File, member.Key.Line, member.Key.Column, path))
            : null;
    }

    private ScheduleDefinition? ReadDefinition(Fields fields, ScheduleId id)
    {
        // A name that is none was noted; the rule in time is looked at nevertheless, with the id of nobody.
        var trigger = TriggerReading.Read(fields, id == default ? ScheduleId.Of("default", "unnamed") : id, faults);
        var target = ReadTarget(fields);
        var startAt = fields.Instant("start_at");
        var endAt = fields.Instant("end_at");
        if (startAt >= endAt)
        {
            fields.Fault("end_at", "'end_at' lies after 'start_at'.");
        }

        var definition = new ScheduleDefinition(
            trigger ?? new StartTrigger(),
            target ?? new HandlerTarget(""),
            fields.Length("max_run_duration", TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(7)),
            fields.Length("tolerance", TimeSpan.FromSeconds(1), Day),
            fields.Choice<OverlapPolicy>("overlap"),
            fields.Choice<MissedPolicy>("missed"),
            fields.Length("jitter", TimeSpan.FromMilliseconds(1), Day),
            startAt,
            endAt,
            fields.Whole("max_firings", 1, long.MaxValue),
            ReadDates(fields),
            fields.Text("group", 1, 100, "the name of a group"),
            ReadLabels(fields),
            fields.Text("description", 0, 1_000, "a text"),
            fields.Text("initial_pause", 1, 500, "a reason"));
        return trigger is null || target is null ? null : definition;
    }

    private HandlerTarget? ReadTarget(Fields schedule)
    {
        if (schedule.Required("target", "a mapping with handler, space or payload") is not { } node
            || Fields.Of(node, schedule.PathOf("target"), FieldNames.Target, faults) is not { } fields)
        {
            return null;
        }

        string? handler = fields.Required("handler", "the name of a handler") is null ? null : fields.Text("handler", 1, 200, "the name of a handler");
        SpaceId? space = null;
        if (fields.Text("space", 1, 201, "the name of a space") is { } name)
        {
            string full = name.Contains('/') ? name : $"{owner}/{name}";
            if (SpaceId.TryParse(full, null, out var found) && found.Owner == owner)
            {
                space = found;
            }
            else
            {
                fields.Fault("space", $"'{Fields.Short(name)}' is no space of the owner '{owner}'. Expected 1 to 100 letters, digits, '.', '-' or '_'.");
            }
        }

        JsonValue? payload = fields.Node("payload") is { } value ? JsonReading.Read(value, fields.PathOf("payload"), faults) : null;
        return handler is null ? null : new HandlerTarget(handler, space, payload);
    }

    private ImmutableArray<DateOnly>? ReadDates(Fields fields)
    {
        if (fields.Node("excluded_dates") is null)
        {
            return null;
        }

        var dates = ImmutableArray.CreateBuilder<DateOnly>();
        foreach (var (index, item) in fields.Items("excluded_dates", ExcludedDatesMax, "dates").Index())
        {
            if (item is FileScalar scalar && DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                dates.Add(date);
            }
            else
            {
                faults.Add(item, $"{fields.PathOf("excluded_dates")}[{index}]", $"Expected a date such as 2026-12-24, found {item.Shown}.");
            }
        }

        return dates.ToImmutable();
    }

    private ImmutableSortedDictionary<string, string>? ReadLabels(Fields fields)
    {
        if (fields.Node("labels") is not { } node || Fields.Of(node, fields.PathOf("labels"), [], faults) is not { } labels)
        {
            return null;
        }

        if (labels.Mapping.Members.Length > LabelsMax)
        {
            fields.Fault("labels", $"There are at most {LabelsMax} labels, found {labels.Mapping.Members.Length}.");
            return null;
        }

        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var member in labels.Mapping.Members)
        {
            if (member.Name.Length is 0 or > 100)
            {
                faults.Add(member.Key, labels.PathOf(member.Name), "The name of a label has 1 to 100 characters.");
            }
            else if (member.Value is FileScalar { IsNull: true })
            {
                labels.Fault(member.Name, "A label has a value. Expected a text, which may be empty in quotes.");
            }
            else if (labels.Text(member.Name, 0, 500, "a text") is { } text)
            {
                read[member.Name] = text;
            }
        }

        return read.ToImmutable();
    }

    // The rules that the server applies, for what was not looked at field by field.
    private static bool Check(Fields fields, ScheduleDefinition definition, ScheduleId id)
    {
        try
        {
            _ = Timetable.Of(definition, id, DateTimeOffset.UnixEpoch);
            return true;
        }
        catch (SchedulerException fault)
        {
            string field = fault.Details.GetValueOrDefault("field", "").Split('.')[0];
            fields.Fault(field.Length > 0 ? field : "trigger", fault.Message);
            return false;
        }
    }
}
