using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>The variables and the zone that hold from a line on.</summary>
/// <param name="Variables">What the file has set so far.</param>
/// <param name="Zone">Whose clocks count; null after a <c>CRON_TZ</c> that names no zone.</param>
/// <param name="ZoneLine">The line of that <c>CRON_TZ</c>; 0 when there is none.</param>
internal sealed record CrontabEnvironment(ImmutableSortedDictionary<string, string> Variables, TimeZoneInfo? Zone, int ZoneLine)
{
    public const string DefaultShell = "/bin/sh";
    public const string DefaultPath = "/usr/bin:/bin";
    private const string OwnPrefix = "ORLEANSSCHEDULER_";
    private const string ZoneName = "CRON_TZ";

    public static CrontabEnvironment Start(TimeZoneInfo zone) =>
        new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), zone, 0);

    public string Shell => Variables.GetValueOrDefault("SHELL", DefaultShell);

    /// <summary>Null when the file sets none; cron would look it up in the list of users.</summary>
    public string? Home => Variables.GetValueOrDefault("HOME");

    /// <summary>The same with one more variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="line">Where it is set.</param>
    public CrontabEnvironment With(string name, string value, int line)
    {
        var next = this with { Variables = Variables.SetItem(name, value) };
        return name == ZoneName ? next with { Zone = TimeZones.Find(value), ZoneLine = line } : next;
    }

    /// <summary>What a command is given: all of the file's variables, and what cron adds by itself.</summary>
    /// <param name="user">Who runs it; null when nobody knows.</param>
    public JsonObject For(string? user)
    {
        var all = Variables.RemoveRange(["LOGNAME", "USER"]).RemoveRange(Variables.Keys.Where(name => !IsForCommands(name))).SetItem("SHELL", Shell);
        all = all.SetItem("PATH", all.GetValueOrDefault("PATH", DefaultPath));
        all = user is null ? all : all.SetItem("LOGNAME", user).SetItem("USER", user);
        return JsonObject.FromPairs(all.Select(pair => KeyValuePair.Create(pair.Key, (JsonValue)pair.Value)));
    }

    /// <summary>What becomes of a variable, for the report.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public string EffectOf(string name, string value)
    {
        string effect = name switch
        {
            "SHELL" => "It runs the commands of the lines after it.",
            "PATH" => "Commands of the lines after it are found along it.",
            "HOME" => "Commands of the lines after it start in this folder.",
            "LOGNAME" or "USER" => "It is ignored: cron sets it to the user of the job, whatever the file says.",
            "MAILTO" when value.Length == 0 => "Nothing is mailed, as asked for. What a command prints is kept in the log of its run.",
            "MAILTO" => "Nothing is mailed: what a command prints is kept in the log of its run.",
            "MAILFROM" or "CONTENT_TYPE" or "CONTENT_TRANSFER_ENCODING" => "Nothing is mailed, so it only reaches the commands.",
            ZoneName => "The times of the lines after it count by the clocks of this zone.",
            "TZ" => string.Create(CultureInfo.InvariantCulture, $"It only reaches the commands: times still count in {Zone?.Id ?? "the zone of CRON_TZ"}. CRON_TZ would move them."),
            _ when !IsForCommands(name) => "It reaches no command: its name is none in a shell, or one of the scheduler's own.",
            "RANDOM_DELAY" => "It only reaches the commands: no random delay is added. The jitter of a schedule does that.",
            _ => "It reaches the commands of the lines after it.",
        };
        return value.Contains('$') ? effect + " The '$' is kept as it is: values are not expanded." : effect;
    }

    // The process handler refuses these names. A shell could not read such a variable either, and the job shall not fail for it.
    private static bool IsForCommands(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !name.StartsWith(OwnPrefix, StringComparison.Ordinal);
}
