using Microsoft.Extensions.DependencyInjection;

namespace OrleansScheduler.Web;

public sealed class SchedulerApiOptionsTests
{
    [Fact]
    public void Defaults_are_good() => Assert.Empty(new SchedulerApiOptions().Faults());

    [Fact]
    public void All_faults_are_told_at_once_when_the_services_are_added()
    {
        var options = new SchedulerApiOptions
        {
            BodyBytesMax = 1,
            RequestsMax = 0,
            PageItemsDefault = 1001,
            PageItemsMax = 2000,
            WaitMax = TimeSpan.FromSeconds(21),
            AnswerTimeMax = TimeSpan.Zero,
            RetryAfter = TimeSpan.FromDays(1),
        };

        var fault = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSchedulerApi(options));

        Assert.All(
            typeof(SchedulerApiOptions).GetProperties().Where(property => property.Name != "EqualityContract"),
            property => Assert.Contains($"{property.Name} is", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_default_page_fits_into_the_longest_one()
    {
        var fault = Assert.Single(new SchedulerApiOptions { PageItemsMax = 50 }.Faults());

        Assert.Equal("PageItemsDefault is 100; it goes from 1 to 50.", fault);
    }
}
