using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Core.Tests.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Actions;

public sealed class WaveOrderTests
{
    private readonly PureSpace _space = new();

    [Fact]
    public void In_a_chain_the_first_goes_alone()
    {
        _space.Compute("first", "a", "b");
        _space.Compute("second", "b", "c");
        _space.Compute("third", "c", "d");

        Assert.Equal(["first"], Ready("first", "second", "third"));
        Assert.Equal(["second"], Ready("second", "third"));
    }

    [Fact]
    public void Whoever_lies_behind_a_clean_one_waits_as_well()
    {
        _space.Compute("first", "a", "b");
        _space.Compute("second", "b", "c");
        _space.Compute("third", "c", "d");

        Assert.Equal(["first"], Ready("third", "first"));
    }

    [Fact]
    public void The_sides_of_a_diamond_go_together_and_its_end_after_both()
    {
        _space.Compute("start", "in", "a");
        _space.Compute("left", "a", "b");
        _space.Compute("right", "a", "c");
        _space.Compute("end", "b c", "d");

        Assert.Equal(["start"], Ready("start", "left", "right", "end"));
        Assert.Equal(["left", "right"], Ready("left", "right", "end"));
        Assert.Equal(["right"], Ready("right", "end"));
        Assert.Equal(["end"], Ready("end"));
    }

    [Fact]
    public void Those_that_have_nothing_to_do_with_each_other_go_together()
    {
        _space.Compute("one", "in", "a");
        _space.Compute("other", "in", "b");

        Assert.Equal(["one", "other"], Ready("one", "other"));
    }

    [Fact]
    public void Members_of_a_circle_do_not_wait_for_each_other_but_whoever_reads_from_it_does()
    {
        _space.Compute("there", "a x", "b");
        _space.Compute("back", "b", "a");
        _space.Compute("before", "in", "x");
        _space.Compute("behind", "b", "y");

        Assert.Equal(["back", "there"], Ready("there", "back", "behind"));
        Assert.Equal(["before"], Ready("before", "there", "back", "behind"));
    }

    [Fact]
    public void A_circle_is_two_or_more_that_feed_each_other()
    {
        var there = _space.Compute("there", "a", "b");
        var back = _space.Compute("back", "b", "a");
        var behind = _space.Compute("behind", "b", "y");
        var alone = _space.Effect("alone", "");
        _space.Run(alone, "own", PureSpace.Set("own", "1"));

        Assert.Equal(
            (true, true, false, false),
            (IsInCircle(there), IsInCircle(back), IsInCircle(behind), IsInCircle(alone)));
    }

    [Fact]
    public void Nobody_waits_for_those_outside_of_what_is_looked_at()
    {
        _space.Compute("first", "a", "b");
        _space.Compute("second", "b", "c");
        _space.Compute("third", "c", "d");
        HashSet<ActionNode> within = [_space.Node("first"), _space.Node("third")];

        var ready = new WaveOrder(_space.State.Actions, within).Ready([.. within]);

        Assert.Equal(["first", "third"], ready.Select(node => node.Id.Name).Order());
    }

    [Fact]
    public void In_random_graphs_exactly_those_go_whom_no_other_circle_can_reach() => Seeded.Rounds(10_000, random =>
    {
        var space = new PureSpace();
        int count = 2 + random.Next(10);
        var nodes = Enumerable.Range(0, count).Select(number =>
        {
            var inputs = Enumerable.Range(0, count).Where(other => other != number && random.Next(count) < 2).Select(other => $"d{other}");
            return space.Compute($"n{number}", string.Join(' ', inputs), $"d{number}");
        }).ToArray();
        bool[,] reaches = Reachability(nodes);
        var pending = nodes.Where(_ => random.Next(2) == 0).ToArray();

        var ready = new WaveOrder(space.State.Actions, nodes.ToHashSet()).Ready(pending);

        var expected = pending.Where(node => !pending.Any(other => IsBefore(other, node))).Select(node => node.Id.Name);
        Assert.Equal(expected.Order(), ready.Select(node => node.Id.Name).Order());

        bool IsBefore(ActionNode one, ActionNode other)
        {
            (int from, int to) = (Array.IndexOf(nodes, one), Array.IndexOf(nodes, other));
            return from != to && reaches[from, to] && !reaches[to, from];
        }
    });

    private static bool[,] Reachability(ActionNode[] nodes)
    {
        bool[,] reaches = new bool[nodes.Length, nodes.Length];
        for (int from = 0; from < nodes.Length; from++)
        {
            for (int to = 0; to < nodes.Length; to++)
            {
                reaches[from, to] = nodes[to].Definition.Inputs.Contains(nodes[from].Definition.Outputs[0]);
            }
        }

        for (int via = 0; via < nodes.Length; via++)
        {
            for (int from = 0; from < nodes.Length; from++)
            {
                for (int to = 0; to < nodes.Length; to++)
                {
                    reaches[from, to] |= reaches[from, via] && reaches[via, to];
                }
            }
        }

        return reaches;
    }

    private bool IsInCircle(ActionNode node) => new WaveOrder(_space.State.Actions, _space.State.Actions.All.ToHashSet()).IsInCircle(node);

    private string[] Ready(params string[] names)
    {
        var order = new WaveOrder(_space.State.Actions, _space.State.Actions.All.ToHashSet());
        return [.. order.Ready([.. names.Select(_space.Node)]).Select(node => node.Id.Name).Order(StringComparer.Ordinal)];
    }
}
