using System.Collections.Immutable;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>One pass over the lines of a crontab.</summary>
internal sealed class CrontabPass(CrontabOptions options, CrontabFormat format, TimeZoneInfo zone)
{
    private readonly ImmutableArray<CrontabEntry>.Builder _entries = ImmutableArray.CreateBuilder<CrontabEntry>();
    private readonly ImmutableArray<CrontabVariable>.Builder _variables = ImmutableArray.CreateBuilder<CrontabVariable>();
    private readonly ImmutableArray<CrontabRefusal>.Builder _refusals = ImmutableArray.CreateBuilder<CrontabRefusal>();
    private readonly CrontabScheduling _scheduling = new(options);
    private CrontabEnvironment _environment = CrontabEnvironment.Start(zone);
    private bool _isFull;

    public void Read(string line, int number)
    {
        int start = CrontabTimes.SkipBlanks(line, 0);
        if (_isFull || start == line.Length || line[start] == '#')
        {
            return;
        }

        var fault = FaultOfText(line)
            ?? (CrontabAssignment.TryRead(line, start) is { } assignment ? Assign(assignment, number) : ReadJob(line, start, number));
        if (fault is not null)
        {
            string shown = line.Length > CrontabReader.LineCharsMax ? line[..CrontabReader.LineCharsMax] : line;
            _refusals.Add(new CrontabRefusal(number, fault.Position + 1, shown, fault.Reason, fault.Expected));
        }
    }

    public CrontabReading Finish(string formatReason, bool isWindows, bool endsOpen)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (isWindows)
        {
            notes.Add("Lines end as on Windows. The carriage returns were dropped; cron would have taken them for a part of the commands.");
        }

        if (endsOpen)
        {
            notes.Add("The last line has no line end. It was read nevertheless; cron refuses or ignores it.");
        }

        if (_entries.Count > 0)
        {
            notes.Add("Every schedule begins paused, until an administrator allows its command.");
            notes.Add("What a command prints is kept in the log of its run; nothing is mailed.");
            notes.Add("cron starts everything at once; here the governor's cap says how many runs go on side by side, two at first, and the others wait.");
            notes.Add("A command is ended after 7 days; cron has no such limit.");
        }

        if (_entries.Any(entry => CrontabScheduling.LacksHome(entry.Definition)))
        {
            notes.Add("HOME is not set for all jobs: as with cron, those start in the home folder of the user who runs them.");
        }

        return new CrontabReading(
            options.Owner, options.Name, options.FileName, format, formatReason,
            _entries.ToImmutable(), _variables.ToImmutable(), _refusals.ToImmutable(), notes.ToImmutable());
    }

    private static CrontabFault? FaultOfText(string line)
    {
        if (line.Length > CrontabReader.LineCharsMax)
        {
            return new CrontabFault(
                CrontabReader.LineCharsMax, $"The line has {line.Length} characters, more than cronie reads.", $"at most {CrontabReader.LineCharsMax} characters");
        }

        for (int i = 0; i < line.Length; i++)
        {
            bool isPair = i + 1 < line.Length && char.IsSurrogatePair(line[i], line[i + 1]);
            if (line[i] is '\0' or '\r' || (char.IsSurrogate(line[i]) && !isPair))
            {
                return new CrontabFault(i, "The line has a character that no text has.", "plain text in UTF-8");
            }

            i += isPair ? 1 : 0;
        }

        return null;
    }

    private CrontabFault? Assign(CrontabAssignment assignment, int number)
    {
        if (assignment.Value is not { } value)
        {
            return assignment.Fault;
        }

        _environment = _environment.With(assignment.Name, value, number);
        if (_environment.Zone is null && _environment.ZoneLine == number)
        {
            return new CrontabFault(
                assignment.ValueAt, $"'{value}' is no time zone that this machine knows; the jobs after it are refused too.", "an IANA name such as Europe/Berlin");
        }

        _variables.Add(new CrontabVariable(assignment.Name, value, number, _environment.EffectOf(assignment.Name, value)));
        return null;
    }

    private CrontabFault? ReadJob(string line, int start, int number)
    {
        int position = start;
        if (CrontabTimes.Read(line, ref position, out string? expression, out string? macro) is { } fault)
        {
            return fault;
        }

        string? user = null;
        if (format == CrontabFormat.System && position < line.Length)
        {
            int end = CrontabTimes.EndOfWord(line, position);
            user = line[position..end];
            if (!CrontabUser.IsName(user))
            {
                return new CrontabFault(position, $"'{user}' is not the name of a user.", "the user who runs the command");
            }

            position = CrontabTimes.SkipBlanks(line, end);
        }

        if (position == line.Length)
        {
            bool lacksUser = format == CrontabFormat.System && user is null;
            return new CrontabFault(position, lacksUser ? "The line ends before its user." : "The line ends before its command.", lacksUser ? "a user and a command" : "a command");
        }

        var command = CrontabCommand.Of(line.AsSpan(position));
        return command.Text.AsSpan().Trim(" \t").IsEmpty ? new CrontabFault(position, "There is no command before the first '%'.", "a command")
            : _environment.Zone is { } due ? Add(new CrontabJob(number, line, expression, macro, user, command), start, due)
            : new CrontabFault(start, $"The CRON_TZ in line {_environment.ZoneLine} names no zone, so nobody knows when this is due.", "a valid CRON_TZ before it");
    }

    private CrontabFault? Add(CrontabJob job, int start, TimeZoneInfo due)
    {
        if (_entries.Count == CrontabReader.JobsMax)
        {
            _isFull = true;
            return new CrontabFault(
                start, "This line and all after it are left out: the crontab has too many jobs.", $"at most {CrontabReader.JobsMax} jobs; several crontabs can be imported under several names");
        }

        try
        {
            _entries.Add(_scheduling.Schedule(job, _environment, due));
            return null;
        }
        catch (SchedulerException refused) when (refused.Code == ErrorCodes.CronInvalid)
        {
            return new CrontabFault(start, "No day ever fits these times, so cron would never run it.", "a day that exists in a chosen month");
        }
    }
}
