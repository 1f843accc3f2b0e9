using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary>The options that make a schedule.</summary>
internal sealed class ScheduleOptions
{
    private readonly Option<string> _when = new("--when")
    {
        Description = "A cron expression or a simple phrase, such as \"every weekday at 09:30\"", HelpName = "WHEN", Required = true,
    };

    private readonly Option<string?> _zone = Options.Zone("Zone whose clocks count [default: UTC]");
    private readonly Option<DayMatch?> _dayMatch = Options.Constant<DayMatch>("--day-match", "How two restricted day fields of cron combine");
    private readonly Option<string> _handler = new("--handler") { Description = "The handler that runs", HelpName = "NAME", Required = true };
    private readonly Option<string?> _space = Options.Text("--space", "The space that it reads and writes", "SPACE");
    private readonly Option<string?> _payload = Options.Text("--payload", "What the handler is to know; @FILE for a file, @- for the input", "JSON");
    private readonly Option<TimeSpan?> _maxRunDuration = Options.Length("--max-run-duration", "After it a run is aborted, 10ms to 7d", "10ms", "7d");
    private readonly Option<TimeSpan?> _tolerance = Options.Length("--tolerance", "How late it may be noticed before it is missed, 1s to 1d", "1s", "1d");
    private readonly Option<OverlapPolicy?> _overlap = Options.Constant<OverlapPolicy>("--overlap", "What is done while a run is open");
    private readonly Option<MissedPolicy?> _missed = Options.Constant<MissedPolicy>("--missed", "What is done with what was missed");
    private readonly Option<TimeSpan?> _jitter = Options.Length("--jitter", "Start later by less than this, up to 1d", "1ms", "1d");
    private readonly Option<DateTimeOffset?> _startAt = Options.Instant("--start-at", "Not due before");
    private readonly Option<DateTimeOffset?> _endAt = Options.Instant("--end-at", "Not due at or after");
    private readonly Option<long?> _maxFirings = Options.Number("--max-firings", "Completed after so many runs", 1, long.MaxValue);
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "A date on which it is not due; may come several times", HelpName = "DATE" };
    private readonly Option<string?> _group = Options.Text("--group", "The concurrency group", "NAME");
    private readonly Option<string[]> _labels = Options.Pairs("--label", "A label; may come several times");
    private readonly Option<string?> _description = Options.Text("--description", "For people");
    private readonly Option<string?> _paused = Options.Text("--paused", "Begin paused, for this reason", "REASON");

    public ScheduleOptions() => _exclude.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => !TryDate(token.Value, out _)))
        {
            result.AddError($"--exclude needs a date such as 2026-12-24, and '{token.Value}' is none.");
        }
    });

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _when, _zone, _dayMatch, _handler, _space, _payload, _maxRunDuration, _tolerance, _overlap, _missed, _jitter, _startAt, _endAt,
            _maxFirings, _exclude, _group, _labels, _description, _paused,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>The schedule that the options make.</summary>
    /// <exception cref="Outcomes.CliException">The payload is no JSON, or its file cannot be read.</exception>
    public async Task<ScheduleForm> ReadAsync(Session session, ParseResult parsed, string name, CancellationToken cancellation)
    {
        var payload = parsed.GetValue(_payload) is { } text ? await JsonText.ReadAsync(session.Console, "--payload", text, cancellation) : null;
        return new ScheduleForm
        {
            Name = name,
            When = parsed.GetRequiredValue(_when),
            Zone = parsed.GetValue(_zone),
            DayMatch = parsed.GetValue(_dayMatch),
            Target = new ScheduleFormTarget(parsed.GetRequiredValue(_handler), parsed.GetValue(_space), payload),
            MaxRunDuration = parsed.GetValue(_maxRunDuration),
            Tolerance = parsed.GetValue(_tolerance),
            Overlap = parsed.GetValue(_overlap),
            Missed = parsed.GetValue(_missed),
            Jitter = parsed.GetValue(_jitter),
            StartAt = parsed.GetValue(_startAt),
            EndAt = parsed.GetValue(_endAt),
            MaxFirings = parsed.GetValue(_maxFirings),
            ExcludedDates = Dates(parsed.GetValue(_exclude)),
            Group = parsed.GetValue(_group),
            Labels = Labels(parsed.GetValue(_labels)),
            Description = parsed.GetValue(_description),
            InitialPause = parsed.GetValue(_paused),
        };
    }

    private static ImmutableArray<DateOnly>? Dates(string[]? texts) => texts is { Length: > 0 }
        ? [.. texts.Select(text => TryDate(text, out var date) ? date : default).Distinct().Order()]
        : null;

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    // The last of several equal names counts.
    private static ImmutableSortedDictionary<string, string>? Labels(string[]? pairs)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string pair in pairs ?? [])
        {
            int equals = pair.IndexOf('=');
            labels[pair[..equals]] = pair[(equals + 1)..];
        }

        return labels.Count > 0 ? labels.ToImmutable() : null;
    }
}
