using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>Options are checked all at once.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task Every_option_out_of_range_is_named()
    {
        var options = new ActorEngineOptions
        {
            IdleAfter = TimeSpan.Zero,
            CollectionInterval = TimeSpan.FromDays(1),
            UnansweredRequestsMax = 0,
            FlushWait = TimeSpan.Zero,
            InlineDepthMax = 65,
            ConcurrentWakeupsMax = 0,
        };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => TestEngine.StartAsync(new ActorRegistry(), options));

        Assert.All(
            typeof(ActorEngineOptions).GetProperties(), option => Assert.Contains($"{option.Name} is ", refusal.Message, StringComparison.Ordinal));
    }
}
