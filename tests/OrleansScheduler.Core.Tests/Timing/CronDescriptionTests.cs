using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class CronDescriptionTests
{
    [Theory]
    [InlineData("* * * * *", "Every minute")]
    [InlineData("* * * * * *", "Every second")]
    [InlineData("*/5 * * * *", "Every 5 minutes")]
    [InlineData("0,5,10,15,20,25,30,35,40,45,50,55 * * * *", "Every 5 minutes")]
    [InlineData("5/15 * * * *", "Every 15 minutes from minute 5")]
    [InlineData("*/7 * * * *", "Every 7 minutes from minute 0 of each hour")]
    [InlineData("*/15 * * * * *", "Every 15 seconds")]
    [InlineData("15 * * * * *", "At second 15 of every minute")]
    [InlineData("5,10 */15 * * * *", "At seconds 5 and 10, in minutes 0, 15, 30 and 45 of every hour")]
    [InlineData("@hourly", "Every hour")]
    [InlineData("15 * * * *", "At minute 15 of every hour")]
    [InlineData("0 */2 * * *", "Every 2 hours")]
    [InlineData("0 9-17 * * *", "Every hour from 09:00 to 17:00")]
    [InlineData("*/10 22-2 * * *", "Every 10 minutes, from 22:00 to 02:59")]
    [InlineData("0-9 8 * * *", "At minutes 0 to 9, from 08:00 to 08:59")]
    [InlineData("* 8,12 * * *", "Every minute, in hours 8 and 12")]
    [InlineData("0 6 * * *", "At 06:00, every day")]
    [InlineData("0,30 6,18 * * *", "At 06:00, 06:30, 18:00 and 18:30, every day")]
    [InlineData("30 15 10 * * *", "At 10:15:30, every day")]
    public void Times_are_named(string cron, string expected) => Assert.Equal(expected, CronDescription.Of(CronExpression.Parse(cron)));

    [Theory]
    [InlineData("30 6 * JAN MON-FRI", "At 06:30, on Monday to Friday, in January")]
    [InlineData("30 6 * 12-2 0,6", "At 06:30, on Saturday and Sunday, in December to February")]
    [InlineData("30 6 * */3 *", "At 06:30, every day, in January, April, July and October")]
    [InlineData("30 6 1,15 * *", "At 06:30, on the 1st and 15th of the month")]
    [InlineData("30 6 1-3,11-13,21-23 * ?", "At 06:30, on the 1st to 3rd, 11th to 13th and 21st to 23rd of the month")]
    [InlineData("30 6 */2 * *", "At 06:30, on every 2nd day of the month from the 1st")]
    [InlineData("30 6 L * *", "At 06:30, on the last day of the month")]
    [InlineData("30 6 L-1,L-3 * *", "At 06:30, on the day before the last day of the month or the 3rd day before the last day of the month")]
    [InlineData("30 6 LW * *", "At 06:30, on the last working day of the month")]
    [InlineData("30 6 15W * *", "At 06:30, on the working day nearest to the 15th of the month")]
    [InlineData("30 6 L-2W * *", "At 06:30, on the working day nearest to the 2nd day before the last day of the month")]
    [InlineData("30 6 * * 1,5L,2#2", "At 06:30, on Monday, the 2nd Tuesday of the month and the last Friday of the month")]
    [InlineData("*/5 * 1-31 * 1", "Every 5 minutes, on Monday")]
    public void Days_and_months_are_named(string cron, string expected) => Assert.Equal(expected, CronDescription.Of(CronExpression.Parse(cron)));

    [Theory]
    [InlineData("0 0 13 * 5", DayMatch.Both, "At 00:00, on days that are the 13th of the month and also Friday")]
    [InlineData("0 0 13 * 5", DayMatch.Either, "At 00:00, on days that are the 13th of the month or Friday")]
    [InlineData("0 0 */10 * 5", DayMatch.Either, "At 00:00, on days that are the 1st, 11th, 21st and 31st of the month and also Friday")]
    [InlineData("0 0 1-31 * 5", DayMatch.Either, "At 00:00, every day")]
    [InlineData("0 0 * * 5", DayMatch.Either, "At 00:00, on Friday")]
    public void Two_day_fields_say_how_they_combine(string cron, DayMatch dayMatch, string expected) =>
        Assert.Equal(expected, CronDescription.Of(CronExpression.Parse(cron, dayMatch)));
}
