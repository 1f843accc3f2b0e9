using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Actions;

public sealed class LivenessTests
{
    private readonly PureSpace _space = new();

    [Fact]
    public void Effects_and_whatever_they_read_are_live()
    {
        _space.Compute("first", "in", "a");
        _space.Compute("second", "a", "b/x");
        _space.Compute("aside", "a", "c");
        _space.Effect("report", "b");

        Assert.Equal(["first", "report", "second"], Live());
    }

    [Fact]
    public void What_an_effect_really_reads_counts_instead_of_what_it_declared()
    {
        _space.Compute("declared", "in", "a");
        _space.Compute("real", "in", "b");
        var report = _space.Effect("report", "a");

        _space.Run(report, "b");

        Assert.Equal(["real", "report"], Live());
    }

    [Fact]
    public void After_a_failed_run_what_was_declared_counts_as_well()
    {
        _space.Compute("declared", "in", "a");
        _space.Compute("real", "in", "b");
        var report = _space.Effect("report", "a");

        _space.Fail(report, "b");

        Assert.Equal(["declared", "real", "report"], Live());
    }

    [Fact]
    public void What_a_run_writes_beyond_its_declaration_counts()
    {
        var side = _space.Compute("side", "in", "a");
        _space.Effect("report", "b");
        string[] before = Live();

        _space.Run(side, "in", PureSpace.Set("b", "1"));

        Assert.Equal(["report"], before);
        Assert.Equal(["report", "side"], Live());
    }

    [Fact]
    public void Nothing_is_live_once_the_effect_is_gone()
    {
        _space.Compute("first", "in", "a");
        var report = _space.Effect("report", "a");
        string[] before = Live();

        _space.Apply(new SpaceEntry.Unregistered(report.Id));

        Assert.Equal(["first", "report"], before);
        Assert.Empty(Live());
    }

    [Fact]
    public void Circles_are_followed_once()
    {
        _space.Compute("there", "a", "b");
        _space.Compute("back", "b", "a");
        _space.Effect("report", "a");

        Assert.Equal(["back", "report", "there"], Live());
    }

    [Fact]
    public void Upstream_of_an_address_is_whatever_has_a_part_in_it()
    {
        _space.Compute("first", "in", "a");
        _space.Compute("second", "a", "b/x");
        _space.Compute("aside", "a", "c");
        _space.Effect("report", "b");

        Assert.Equal(["first", "second"], Upstream("b"));
        Assert.Equal(["first", "second"], Upstream("b/x/y"));
        Assert.Empty(Upstream("b/z"));
        Assert.Equal(["aside", "first", "second"], Upstream(""));
    }

    private string[] Live() => [.. _space.Liveness.Live.Select(node => node.Id.Name).Order(StringComparer.Ordinal)];

    private string[] Upstream(string address) =>
        [.. _space.Liveness.Upstream(Documents.Address.Parse(address)).Select(node => node.Id.Name).Order(StringComparer.Ordinal)];
}
