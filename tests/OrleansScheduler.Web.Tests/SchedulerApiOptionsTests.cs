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
            AdministratorToken = "too short",
        };

        var fault = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSchedulerApi(options));

        Assert.All(
            typeof(SchedulerApiOptions).GetProperties().Where(property => property.Name != "EqualityContract"),
            property => Assert.Contains($"{property.Name} is", fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fifteen-letters")]
    [InlineData("sixteen letters!")]
    [InlineData("sechzehn-zeichen-ü")]
    public void A_token_that_cannot_be_sent_or_is_too_short_is_told_by_its_length_only(string token)
    {
        var fault = Assert.Single(new SchedulerApiOptions { AdministratorToken = token }.Faults());

        Assert.StartsWith($"AdministratorToken is of {token.Length} characters", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(token, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_is_not_in_the_text_of_the_options()
    {
        var options = new SchedulerApiOptions { AdministratorToken = "0123456789abcdef" };

        Assert.Empty(options.Faults());
        Assert.DoesNotContain("0123456789abcdef", options.ToString(), StringComparison.Ordinal);
        Assert.Contains("AdministratorToken = set", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_page_fits_into_the_longest_one()
    {
        var fault = Assert.Single(new SchedulerApiOptions { PageItemsMax = 50 }.Faults());

        Assert.Equal("PageItemsDefault is 100; it goes from 1 to 50.", fault);
    }
}
