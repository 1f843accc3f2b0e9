using System.Globalization;
using OrleansScheduler.Definitions.Crontabs;
using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Crontabs;

/// <summary>Short ways to read a crontab and to look at what came of it.</summary>
internal static class Crontab
{
    public static readonly CrontabOptions Options = new() { Owner = "acme", Now = DateTimeOffset.Parse("2026-03-02T10:17:00Z", CultureInfo.InvariantCulture) };

    public static CrontabReading Read(params string[] lines) => CrontabReader.Read(string.Join('\n', lines) + "\n", Options with { Format = CrontabFormat.User });

    public static CrontabEntry ReadOne(params string[] lines)
    {
        var reading = Read(lines);
        Assert.Empty(reading.Refusals);
        return Assert.Single(reading.Entries);
    }

    public static CrontabRefusal Refuse(params string[] lines)
    {
        var reading = Read(lines);
        Assert.Empty(reading.Entries);
        return Assert.Single(reading.Refusals);
    }

    public static string Expression(this CrontabEntry entry) => Assert.IsType<CronTrigger>(entry.Definition.Trigger).Expression;

    public static JsonObject Payload(this CrontabEntry entry) => Assert.IsType<JsonObject>(entry.Definition.Target.Payload);

    public static JsonObject Environment(this CrontabEntry entry) => Assert.IsType<JsonObject>(entry.Payload()["environment"]);
}
