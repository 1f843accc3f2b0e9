using OrleansScheduler.Conformance.Probes;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 5: what crosses the boundary arrives as it was sent.</summary>
public abstract class ReferenceTests : EngineTests
{
    [Fact]
    public async Task Arguments_of_all_kinds_arrive()
    {
        await using var engine = await StartEngineAsync();
        var instant = new DateTimeOffset(2026, 1, 5, 6, 7, 8, TimeSpan.Zero);

        var taken = await engine.Probe("a").TakeAsync(
            -7, "text", new ProbeFact("fact", [1, 2]), instant, 0.5, new Guid("00010203-0405-0607-0809-0a0b0c0d0e0f"), [1, 255]);

        Assert.Equal("-7 text fact2 2026-01-05T06:07:08.0000000+00:00 0.5 00010203-0405-0607-0809-0a0b0c0d0e0f 01FF", taken);
    }

    [Fact]
    public async Task Absent_arguments_arrive_absent()
    {
        await using var engine = await StartEngineAsync();

        var taken = await engine.Probe("a").TakeAsync(0, null, null, default, null, Guid.Empty, []);

        Assert.Equal("0 null null 0001-01-01T00:00:00.0000000+00:00  00000000-0000-0000-0000-000000000000 ", taken);
    }

    [Fact]
    public async Task Inherited_methods_work()
    {
        await using var engine = await StartEngineAsync();

        Assert.Equal("a", await engine.Probe("a").KeyAsync());
        Assert.Equal("b/ü", await engine.Directory.Get<IProbe>("b/ü").KeyAsync());
    }

    [Fact]
    public async Task Keys_are_told_apart_by_case()
    {
        await using var engine = await StartEngineAsync();

        await engine.Probe("a").AppendAsync("small");

        Assert.Empty(await engine.Probe("A").LinesAsync());
    }

    [Fact]
    public async Task Keys_from_1_to_512_characters_are_taken()
    {
        await using var engine = await StartEngineAsync();

        Assert.Equal(512, (await engine.Probe(new string('k', 512)).KeyAsync()).Length);
        Assert.ThrowsAny<ArgumentException>(() => engine.Probe(new string('k', 513)));
        Assert.ThrowsAny<ArgumentException>(() => engine.Probe(""));
    }

    [Fact]
    public async Task A_contract_that_nobody_registered_is_refused()
    {
        await using var engine = await StartEngineAsync();

        Assert.ThrowsAny<ArgumentException>(() => engine.Directory.Get<IAsyncDisposable>("a"));
    }
}
