using System.Diagnostics.CodeAnalysis;
using Cronos;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using CronExpression = Cronos.CronExpression;

namespace OrleansScheduler.Cluster.Cron;

/// <summary>Cronos behind the port of Core.</summary>
public sealed class CronosEvaluator : ICronEvaluator
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly CronosZones _zones = new();

    /// <inheritdoc/>
    public string Name => "cronos";

    /// <inheritdoc/>
    public Func<DateTimeOffset, DateTimeOffset?>? Read(CronTrigger trigger, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        ArgumentNullException.ThrowIfNull(zone);
        return TryParse(trigger, out CronExpression? expression) && _zones.IsInOrder(zone)
            ? after => expression.GetNextOccurrence(after, zone)?.ToUniversalTime()
            : null;
    }

    /// <summary>Reads an expression that means the same to both.</summary>
    internal static bool TryParse(CronTrigger trigger, [NotNullWhen(true)] out CronExpression? expression)
    {
        string[] fields = trigger.Expression.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        expression = null;
        return !IsEither(trigger.DayMatch, fields)
            && CronExpression.TryParse(trigger.Expression, fields.Length > 5 ? CronFormat.IncludeSeconds : CronFormat.Standard, out expression);
    }

    // The same question as in crontab: a day field that begins with a star restricts nothing.
    private static bool IsEither(DayMatch dayMatch, string[] fields) =>
        dayMatch == DayMatch.Either && fields.Length >= 5 && fields[^1][0] is not ('*' or '?') && fields[^3][0] is not ('*' or '?');
}
