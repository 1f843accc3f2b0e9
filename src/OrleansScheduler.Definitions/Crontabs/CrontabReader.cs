using OrleansScheduler.Core.Timing;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Reads crontabs as cron itself does, and makes a schedule of every job.</summary>
/// <remarks>
/// It follows crontab(5) of Vixie cron, cronie and Debian. A line that these would refuse is refused, with its place and the reason;
/// the others are imported. A step without a range, ranges that wrap, <c>?</c>, <c>L</c>, <c>W</c>, <c>#</c>, <c>H</c> and a sixth
/// time field are known to our own expressions, and refused here: under cron such a line never ran.
/// </remarks>
public static class CrontabReader
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int CharsMax = 1 << 20;

    /// <summary>The longest line, in UTF-16 units: cronie takes no longer ones.</summary>
    public const int LineCharsMax = 1_000;

    /// <summary>The most jobs of a crontab. The next one is refused, and those after it are left out.</summary>
    public const int JobsMax = 10_000;

    /// <summary>Reads a crontab.</summary>
    /// <param name="text">At most <see cref="CharsMax"/>; line ends of Unix or Windows.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the text is too long.</exception>
    public static CrontabReading Read(string text, CrontabOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, CharsMax, nameof(text));
        var zone = Check(options);
        string[] lines = (text.StartsWith('\uFEFF') ? text[1..] : text).Split('\n');
        bool isWindows = lines.Any(line => line.EndsWith('\r'));
        lines = [.. lines.Select(line => line.EndsWith('\r') ? line[..^1] : line)];

        var format = options.Format == CrontabFormat.Auto
            ? CrontabFormatGuess.Of(lines, options.CurrentUser)
            : new CrontabFormatGuess(options.Format, "It was asked for.");
        var pass = new CrontabPass(options, format.Format, zone);
        for (int i = 0; i < lines.Length; i++)
        {
            pass.Read(lines[i], i + 1);
        }

        return pass.Finish(format.Reason, isWindows, endsOpen: lines[^1].Length > 0);
    }

    private static TimeZoneInfo Check(CrontabOptions options)
    {
        if (!ScheduleId.TryParse($"{options.Owner}/{options.Name}", null, out _) || options.Name.Length > CrontabOptions.NameCharsMax)
        {
            throw new ArgumentException(
                $"Owner and name consist of letters, digits, '.', '-' and '_'; a name has at most {CrontabOptions.NameCharsMax} of them.", nameof(options));
        }

        if (options.CurrentUser is { } user && !CrontabUser.IsName(user))
        {
            throw new ArgumentException("The current user has no valid name.", nameof(options));
        }

        return TimeZones.Find(options.Zone)
            ?? throw new ArgumentException("The zone is not known to this machine. Expected an IANA name such as Europe/Berlin.", nameof(options));
    }
}
