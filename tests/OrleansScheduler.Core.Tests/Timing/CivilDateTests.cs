using OrleansScheduler.Core.Timing;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class CivilDateTests
{
    [Fact]
    public void Every_date_is_that_of_the_framework()
    {
        for (var expected = new DateTime(1969, 1, 1); expected.Year <= 2201; expected = expected.AddDays(1))
        {
            int day = (int)(expected.Ticks / TimeSpan.TicksPerDay);

            var date = CivilDate.Of(day);

            Assert.Equal((expected.Year, expected.Month, expected.Day), (date.Year, date.Month, date.Day));
            Assert.Equal((int)expected.DayOfWeek, CivilDate.Weekday(day));
            Assert.Equal(day - date.Day + 1, CivilDate.FirstDay(date.Year, date.Month));
            Assert.Equal(DateTime.DaysInMonth(date.Year, date.Month), CivilDate.Length(date.Year, date.Month));
        }
    }
}
