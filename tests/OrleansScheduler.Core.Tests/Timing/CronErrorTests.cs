using System.Globalization;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class CronErrorTests
{
    [Theory]
    [InlineData("", 0, "5 fields")]
    [InlineData(" \t", 2, "found 0")]
    [InlineData("* * * *", 7, "found 4")]
    [InlineData("* * * * ", 8, "found 4")]
    [InlineData("* * * * * * *", 12, "the end behind 6 fields")]
    [InlineData("0 0 6 * * ? 2026", 12, "no field for years")]
    [InlineData("@daily x", 7, "the end behind a macro")]
    [InlineData("  @never", 2, "@hourly")]
    [InlineData("@", 0, "@yearly")]
    [InlineData("@reboot", 0, "start trigger")]
    [InlineData("0 6 * * é", 8, "ASCII")]
    [InlineData("0 6 * * *\n", 9, "the end of the field")]
    public void The_shape_is_checked(string text, int position, string expected) => AssertRefused(text, position, expected);

    [Theory]
    [InlineData("60 * * * * *", 0, "a second from 0 to 59")]
    [InlineData("60 * * * *", 0, "a minute from 0 to 59")]
    [InlineData("1,60 * * * *", 2, "a minute from 0 to 59")]
    [InlineData("-1 * * * *", 0, "a minute from 0 to 59")]
    [InlineData("99999999999 * * * *", 0, "a minute from 0 to 59")]
    [InlineData("* 24 * * *", 2, "an hour from 0 to 23")]
    [InlineData("* 9-24 * * *", 4, "an hour from 0 to 23")]
    [InlineData("* * 0 * *", 4, "a day of the month from 1 to 31")]
    [InlineData("* * 32 * *", 4, "a day of the month from 1 to 31")]
    [InlineData("* * * 0 *", 6, "a month from 1 to 12 or JAN to DEC")]
    [InlineData("* * * 13 *", 6, "a month from 1 to 12 or JAN to DEC")]
    [InlineData("* * * * 8", 8, "a weekday from 0 to 7 or SUN to SAT")]
    public void Values_are_checked(string text, int position, string expected) => AssertRefused(text, position, expected);

    [Theory]
    [InlineData("* * * FOO *", 6, "JAN to DEC")]
    [InlineData("* * * JA *", 6, "JAN to DEC")]
    [InlineData("* * * JANUARY *", 9, "the end of the field")]
    [InlineData("* * * * JAN", 8, "SUN to SAT")]
    [InlineData("* * * * M", 8, "SUN to SAT")]
    [InlineData("MON * * * *", 0, "a minute from 0 to 59")]
    public void Names_are_checked(string text, int position, string expected) => AssertRefused(text, position, expected);

    [Theory]
    [InlineData("*/0 * * * *", 2, "a step from 1 to 60")]
    [InlineData("*/61 * * * *", 2, "a step from 1 to 60")]
    [InlineData("*/ * * * *", 2, "a step from 1 to 60")]
    [InlineData("5/x * * * *", 2, "a step from 1 to 60")]
    [InlineData("* 9-17/25 * * *", 7, "a step from 1 to 24")]
    [InlineData("5/2/2 * * * *", 3, "the end of the field")]
    [InlineData("/5 * * * *", 0, "a minute from 0 to 59")]
    [InlineData("1- * * * *", 2, "a minute from 0 to 59")]
    [InlineData("1-2-3 * * * *", 3, "the end of the field")]
    [InlineData("*-5 * * * *", 1, "the end of the field")]
    [InlineData("** * * * *", 1, "the end of the field")]
    [InlineData("1x * * * *", 1, "the end of the field")]
    [InlineData("1,,2 * * * *", 2, "a minute from 0 to 59")]
    [InlineData("1, * * * *", 2, "a minute from 0 to 59")]
    [InlineData(",1 * * * *", 0, "a minute from 0 to 59")]
    public void Lists_ranges_and_steps_are_checked(string text, int position, string expected) => AssertRefused(text, position, expected);

    [Theory]
    [InlineData("L * * * *", 0, "'L' stands alone")]
    [InlineData("1L * * * *", 1, "'L' stands alone")]
    [InlineData("* * 5L * *", 5, "'L' stands alone")]
    [InlineData("* * * L *", 6, "'L' stands alone")]
    [InlineData("* * * * L", 8, "'L' stands alone")]
    [InlineData("* * L- * *", 6, "before the last one from 1 to 30")]
    [InlineData("* * L-0 * *", 6, "before the last one from 1 to 30")]
    [InlineData("* * L-31 * *", 6, "before the last one from 1 to 30")]
    [InlineData("* * L5 * *", 5, "the end of the field")]
    [InlineData("1W * * * *", 1, "'W' stands behind")]
    [InlineData("* * W * *", 4, "'W' stands behind")]
    [InlineData("* * 32W * *", 4, "a day of the month")]
    [InlineData("* * 1-5W * *", 7, "'W' stands behind")]
    [InlineData("* * * * 5W", 9, "'W' stands behind")]
    [InlineData("1#2 * * * *", 1, "'#' stands between")]
    [InlineData("* * 5#1 * *", 5, "'#' stands between")]
    [InlineData("* * * * 5#", 10, "a week of the month from 1 to 5")]
    [InlineData("* * * * 5#0", 10, "a week of the month from 1 to 5")]
    [InlineData("* * * * 5#6", 10, "a week of the month from 1 to 5")]
    [InlineData("* * * * 5L#1", 10, "'#' stands between")]
    [InlineData("? * * * *", 0, "'?' stands alone")]
    [InlineData("* * ?,1 * *", 4, "'?' to stand alone")]
    [InlineData("* * ?/2 * *", 4, "'?' to stand alone")]
    [InlineData("* * 1,? * *", 6, "'?' to stand alone")]
    public void Signs_belong_to_their_fields(string text, int position, string expected) => AssertRefused(text, position, expected);

    [Theory]
    [InlineData("H * * * *", null, 0, "'H' needs the id")]
    [InlineData("0 0 1,h * *", null, 6, "'H' needs the id")]
    [InlineData("H(1 * * * *", "a/b", 3, "'-' between")]
    [InlineData("H(1-2 * * * *", "a/b", 5, "')' behind")]
    [InlineData("H(1-60) * * * *", "a/b", 4, "a minute from 0 to 59")]
    [InlineData("H/0 * * * *", "a/b", 2, "a step from 1 to 60")]
    [InlineData("H(0-9)/11 * * * *", "a/b", 7, "a step from 1 to 10")]
    [InlineData("H5 * * * *", "a/b", 1, "the end of the field")]
    [InlineData("H-5 * * * *", "a/b", 1, "the end of the field")]
    public void Hashes_are_checked(string text, string? hashId, int position, string expected) => AssertRefused(text, position, expected, hashId);

    [Theory]
    [InlineData("0 0 30 2 *", 4)]
    [InlineData("0 0 31 4,6,9,11 *", 4)]
    [InlineData("0 0 0 31W FEB *", 6)]
    [InlineData("0 0 1 * 5#5", 4)]
    [InlineData("0 0 L-30 2,4 *", 4)]
    public void What_can_never_be_due_is_refused(string text, int position) => AssertRefused(text, position, "would never be due");

    [Fact]
    public void Long_texts_are_refused()
    {
        string longest = "0 0 * * *".PadLeft(CronExpression.CharsMax);

        Assert.NotNull(CronExpression.Parse(longest).NextAfter(DateTimeOffset.UnixEpoch));
        AssertRefused(longest + " ", CronExpression.CharsMax, "at most 1000 characters");
    }

    private static void AssertRefused(string text, int position, string expected, string? hashId = null)
    {
        var fault = Assert.Throws<SchedulerException>(() => CronExpression.Parse(text, DayMatch.Both, hashId));

        Assert.Equal(ErrorCodes.CronInvalid, fault.Code);
        Assert.Equal(position.ToString(CultureInfo.InvariantCulture), fault.Details["position"]);
        Assert.Contains(expected, fault.Details["expected"], StringComparison.Ordinal);
        Assert.Contains(fault.Details["expected"], fault.Message, StringComparison.Ordinal);
    }
}
