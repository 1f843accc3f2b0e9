using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 6: failures arrive with their type, code, transience and details.</summary>
public abstract class ExceptionTests : EngineTests
{
    [Fact]
    public async Task A_failure_keeps_code_transience_and_details()
    {
        await using var engine = await StartEngineAsync();

        var failure = await Assert.ThrowsAsync<SchedulerException>(() => engine.Probe("a").ThrowLaterAsync("scheduler"));

        Assert.Equal(ErrorCodes.ReadConflict, failure.Code);
        Assert.True(failure.IsTransient);
        Assert.Equal("Not current.", failure.Message);
        Assert.Equal(["address=a/b", "sequence=7"], failure.Details.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Theory]
    [InlineData("overloaded", typeof(OverloadedException), ErrorCodes.Overloaded, true)]
    [InlineData("invariant", typeof(InvariantException), ErrorCodes.Internal, false)]
    [InlineData("storage", typeof(StorageException), ErrorCodes.StorageFull, true)]
    [InlineData("corrupt", typeof(CorruptStateException), ErrorCodes.CorruptState, false)]
    public async Task Each_subclass_arrives_as_itself(string name, Type type, string code, bool isTransient)
    {
        await using var engine = await StartEngineAsync();

        var failure = await Assert.ThrowsAnyAsync<SchedulerException>(() => engine.Probe("a").ThrowLaterAsync(name));

        Assert.IsType(type, failure);
        Assert.Equal(code, failure.Code);
        Assert.Equal(isTransient, failure.IsTransient);
    }

    [Fact]
    public async Task What_a_method_throws_before_it_returns_a_task_arrives_in_the_task()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.LifeAsync();

        var answer = probe.ThrowAtOnceAsync("Not this.");

        Assert.Contains("Not this.", (await Assert.ThrowsAsync<ArgumentException>(() => answer)).Message);
    }

    [Fact]
    public async Task An_actor_survives_what_its_requests_throw()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");

        await Assert.ThrowsAsync<ArgumentException>(() => probe.ThrowAtOnceAsync("Not this."));

        Assert.Equal(1, await probe.LifeAsync());
    }
}
