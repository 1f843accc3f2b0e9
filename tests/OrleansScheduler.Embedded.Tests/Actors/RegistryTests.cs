using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>What a registry takes as a contract and what it refuses, with the reason.</summary>
public sealed class RegistryTests
{
    public interface IWithoutAttribute;

    [Actor("Upper")]
    public interface IBadKind;

    [Actor("generic")]
    public interface IGeneric<T>
    {
        Task DoAsync(T value);
    }

    [Actor("property")]
    public interface IWithProperty
    {
        int Number { get; }
    }

    [Actor("event")]
    public interface IWithEvent
    {
        event Action Happened;
    }

    [Actor("synchronous")]
    public interface IWithSynchronousMethod
    {
        int Do();
    }

    [Actor("value-task")]
    public interface IWithValueTask
    {
        ValueTask DoAsync();
    }

    [Actor("by-reference")]
    public interface IWithReference
    {
        Task DoAsync(in int number);
    }

    [Actor("eight")]
    public interface IWithEightArguments
    {
        Task DoAsync(int a, int b, int c, int d, int e, int f, int g, int h);
    }

    [Actor("generic-method")]
    public interface IWithGenericMethod
    {
        Task DoAsync<T>(T value);
    }

    [Actor("token-first")]
    public interface IWithTokenFirst
    {
        Task DoAsync(CancellationToken cancellation, int number);
    }

    [Actor("default-method")]
    public interface IWithBody
    {
        Task DoAsync() => Task.CompletedTask;
    }

    [Actor("inherits")]
    public interface IInheritsProperty : IWithProperty;

    [Actor("good")]
    public interface IGood
    {
        Task DoAsync(int number);

        Task DoAsync(string text);

        Task<string> SevenAsync(int a, long b, string c, object d, byte e, Guid f, CancellationToken cancellation);
    }

    [Actor("hidden")]
    internal interface IHidden
    {
        Task<Hidden> DoAsync(Hidden hidden);
    }

    internal sealed record Hidden(int Number);

    [Theory]
    [InlineData(typeof(IWithoutAttribute), "[Actor]")]
    [InlineData(typeof(string), "interface")]
    [InlineData(typeof(IBadKind), "Upper")]
    [InlineData(typeof(IGeneric<int>), "type parameters")]
    [InlineData(typeof(IWithProperty), "property")]
    [InlineData(typeof(IWithEvent), "event")]
    [InlineData(typeof(IWithSynchronousMethod), "neither Task")]
    [InlineData(typeof(IWithValueTask), "neither Task")]
    [InlineData(typeof(IWithReference), "by reference")]
    [InlineData(typeof(IWithEightArguments), "more than 7")]
    [InlineData(typeof(IWithGenericMethod), "type parameters")]
    [InlineData(typeof(IWithTokenFirst), "not its last")]
    [InlineData(typeof(IWithBody), "body")]
    [InlineData(typeof(IInheritsProperty), "property")]
    public void A_contract_that_breaks_a_rule_is_refused_with_the_rule(Type contract, string rule)
    {
        var add = typeof(ActorRegistry).GetMethod(nameof(ActorRegistry.Add))!.MakeGenericMethod(contract);
        Func<IActorContext, IActor> factory = _ => throw new InvalidOperationException();

        var refusal = Assert.Throws<System.Reflection.TargetInvocationException>(() => add.Invoke(new ActorRegistry(), [factory, false]));

        Assert.Contains(rule, Assert.IsType<ArgumentException>(refusal.InnerException).Message);
    }

    [Fact]
    public void A_kind_can_be_registered_once()
    {
        var registry = new ActorRegistry().Add<IGood>(_ => new Plain());

        Assert.Throws<ArgumentException>(() => registry.Add<IGood>(_ => new Plain()));
    }

    [Fact]
    public void A_process_that_starts_many_engines_keeps_one_class_of_references()
    {
        var first = new ActorRegistry().Add<IGood>(_ => new Plain()).Close()[0];
        var second = new ActorRegistry().Add<IGood>(_ => new Plain()).Close()[0];

        Assert.Same(first.CreateReference, second.CreateReference);
    }

    [Fact]
    public async Task A_registry_is_closed_by_its_first_engine()
    {
        var registry = new ActorRegistry();
        await using var test = await Testing.TestEngine.StartAsync(registry, new ActorEngineOptions());

        Assert.Throws<InvalidOperationException>(() => registry.Add<IGood>(_ => new Plain()));
    }

    [Fact]
    public async Task Overloads_seven_arguments_and_internal_contracts_work()
    {
        var registry = new ActorRegistry().Add<IGood>(_ => new Plain()).Add<IHidden>(_ => new Plain());
        await using var test = await Testing.TestEngine.StartAsync(registry, new ActorEngineOptions());
        var good = test.Engine.Get<IGood>("a");

        await good.DoAsync(1);
        await good.DoAsync("text");

        Assert.Equal("1 2 c d 3 00000000-0000-0000-0000-000000000000", await good.SevenAsync(1, 2, "c", "d", 3, Guid.Empty, CancellationToken.None));
        Assert.Equal(new Hidden(2), await test.Engine.Get<IHidden>("a").DoAsync(new Hidden(1)));
    }

    [Fact]
    public async Task A_factory_that_makes_something_else_fails_the_call()
    {
        var registry = new ActorRegistry().Add<Conformance.Probes.IProbe>(_ => new Plain());
        await using var test = await Testing.TestEngine.StartAsync(registry, new ActorEngineOptions());

        var failure = await Assert.ThrowsAsync<Errors.InvariantException>(() => test.Engine.Get<Conformance.Probes.IProbe>("a").LifeAsync());

        Assert.Contains("IProbe", failure.Message);
    }

    private sealed class Plain : IActor, IGood, IHidden
    {
        public bool IsIdle => true;

        public Task ActivateAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task WakeAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task DeactivateAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task DoAsync(int number) => Task.CompletedTask;

        public Task DoAsync(string text) => Task.CompletedTask;

        public Task<string> SevenAsync(int a, long b, string c, object d, byte e, Guid f, CancellationToken cancellation) =>
            Task.FromResult($"{a} {b} {c} {d} {e} {f}");

        public Task<Hidden> DoAsync(Hidden hidden) => Task.FromResult(new Hidden(hidden.Number + 1));
    }
}
