using OrleansScheduler.Errors;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Clusters;

public sealed class StartPatienceTests
{
    private readonly FakeTime _time = new();
    private readonly List<Exception> _told = [];
    private int _tries;

    [Fact]
    public async Task What_fails_for_the_moment_is_tried_again_after_a_pause()
    {
        Task<int> trying = Patience().TryAsync(() => FailAsync(times: 2, isTransient: true), CancellationToken.None);
        Assert.Equal(1, _tries);

        await PassPauseAsync();
        await PassPauseAsync();

        Assert.Equal(3, await trying);
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public async Task What_goes_on_failing_is_given_up()
    {
        Task<int> trying = Patience().TryAsync(() => FailAsync(times: int.MaxValue, isTransient: true), CancellationToken.None);
        for (int pause = 1; pause < StartPatience.TriesMax; pause++)
        {
            await PassPauseAsync();
        }

        await Assert.ThrowsAsync<SchedulerException>(() => trying);
        Assert.Equal(StartPatience.TriesMax, _tries);
    }

    [Fact]
    public async Task What_repeating_does_not_mend_is_not_repeated()
    {
        await Assert.ThrowsAsync<SchedulerException>(() => Patience().TryAsync(() => FailAsync(times: 1, isTransient: false), CancellationToken.None));

        Assert.Equal((1, 0), (_tries, _told.Count));
    }

    private StartPatience Patience() => new(_time, _told.Add);

    private Task<int> FailAsync(int times, bool isTransient) =>
        ++_tries > times ? Task.FromResult(_tries) : Task.FromException<int>(new SchedulerException(ErrorCodes.Stopping, "Not now.", isTransient));

    private async Task PassPauseAsync()
    {
        await _time.ArmedForAsync(_time.GetUtcNow() + StartPatience.Pause);
        _time.Advance(StartPatience.Pause);
    }
}
