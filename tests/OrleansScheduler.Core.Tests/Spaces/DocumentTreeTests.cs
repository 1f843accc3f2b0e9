using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class DocumentTreeTests
{
    [Fact]
    public void A_deep_read_changes_with_everything_below_and_a_shallow_one_with_the_keys()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("doc", """{"a": {"x": 1}, "b": {"y": 1}}"""));

        space.Commit(PureSpace.Set("doc/a/x", "2"));
        space.Commit(PureSpace.Set("doc/b/z", "3"));

        Assert.Equal((3, 1), SequencesOf(space, ""));
        Assert.Equal((3, 1), SequencesOf(space, "doc"));
        Assert.Equal((2, 1), SequencesOf(space, "doc/a"));
        Assert.Equal((2, 2), SequencesOf(space, "doc/a/x"));
        Assert.Equal((3, 3), SequencesOf(space, "doc/b"));
        Assert.Equal((1, 1), SequencesOf(space, "doc/b/y"));
        Assert.Equal((3, 3), SequencesOf(space, "doc/b/z"));
    }

    [Fact]
    public void The_length_of_an_array_is_its_shape()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("doc", "[[1], 2]"));

        space.Commit(PureSpace.Set("doc[0][0]", "3"));
        space.Commit(PureSpace.Set("doc[2]", "4"));

        Assert.Equal((3, 3), SequencesOf(space, "doc"));
        Assert.Equal((2, 1), SequencesOf(space, "doc[0]"));
        Assert.Equal((1, 1), SequencesOf(space, "doc[1]"));
    }

    [Fact]
    public void An_absent_value_changed_last_with_the_shape_of_its_nearest_existing_ancestor()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("doc", """{"a": {"b": 1}}"""));
        space.Commit(PureSpace.Set("doc/a/b", "2"));
        space.Commit(PureSpace.Set("doc/c", "1"));

        space.Commit(PureSpace.Set("other", "1"));

        Assert.Equal((1, 1), SequencesOf(space, "doc/a/absent/x"));
        Assert.Equal((3, 3), SequencesOf(space, "doc/absent"));
        Assert.Equal((4, 4), SequencesOf(space, "absent/x"));
    }

    [Fact]
    public void Replacing_a_value_by_one_that_shares_a_part_leaves_the_part_as_it_was()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("doc", """{"a": {"x": [1]}, "b": 1}"""));

        space.Commit(PureSpace.Set("doc", """{"a": {"x": [1.0]}, "b": 2}"""));

        Assert.Equal((1, 1), SequencesOf(space, "doc/a"));
        Assert.Equal((2, 2), SequencesOf(space, "doc/b"));
    }

    [Fact]
    public void A_value_of_another_kind_is_new_with_all_that_is_in_it()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("doc", """{"0": 1}"""));

        space.Commit(PureSpace.Set("doc", "[1]"));

        Assert.Equal((2, 2), SequencesOf(space, "doc"));
        Assert.Equal((2, 2), SequencesOf(space, "doc[0]"));
    }

    [Fact]
    public void A_read_is_current_as_long_as_its_value_is_there_or_there_again()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("doc", """{"a": 1}"""));
        ConfirmedRead value = space.Read("doc/a");
        ConfirmedRead absent = space.Read("doc/b");
        ConfirmedRead shape = space.Read("doc", ReadDepth.Shallow);

        space.Commit(PureSpace.Set("doc", """{"a": 2, "b": 1}"""));
        bool[] meanwhile = [.. new[] { value, absent, shape }.Select(space.State.Tree.IsCurrent)];
        space.Commit(PureSpace.Set("doc", """{"a": 1.0}"""));

        Assert.Equal([false, false, false], meanwhile);
        Assert.All([value, absent, shape], read => Assert.True(space.State.Tree.IsCurrent(read)));
    }

    [Fact]
    public void A_read_answers_with_the_value_or_the_shape_and_its_hash()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("doc", """{"b": [1, 2], "a": 1}"""));

        DocumentRead deep = space.State.Tree.Read(Address.Parse("doc"), ReadDepth.Deep);
        DocumentRead shallow = space.State.Tree.Read(Address.Parse("doc"), ReadDepth.Shallow);
        DocumentRead list = space.State.Tree.Read(Address.Parse("doc/b"), ReadDepth.Shallow);
        DocumentRead absent = space.State.Tree.Read(Address.Parse("doc/c"), ReadDepth.Shallow);

        Assert.Equal((JsonValue.Parse("""{"a": 1, "b": [1, 2]}"""), null), (deep.Value, deep.Shape));
        Assert.Equal(deep.Value!.Hash, deep.Hash);
        Assert.Equal(["a", "b"], shallow.Shape!.Keys);
        Assert.Equal(deep.Value.ShapeHash, shallow.Hash);
        Assert.Equal((JsonKind.Array, 2), (list.Shape!.Kind, list.Shape.Length));
        Assert.Null(absent.Shape);
        Assert.Equal(JsonValue.ShapeHashOf(null), absent.Hash);
    }

    [Fact]
    public void Sequences_are_those_at_which_the_values_really_changed() => Seeded.Rounds(10, random =>
    {
        var trees = new RandomTrees(random);
        var operations = new RandomOperations(random);
        var space = new PureSpace();
        var watch = new ChangeWatch();
        for (int step = 0; step < 80; step++)
        {
            for (int places = 0; places < 2; places++)
            {
                watch.Add(space.State.Tree, trees.Place(space.State.Tree.Root));
            }

            JsonObject before = space.State.Tree.Root;
            Try(() => space.Commit([.. operations.Commit(before)]));

            watch.Compare(before, space.State.Tree);
        }
    });

    private static (long Deep, long Shallow) SequencesOf(PureSpace space, string address) =>
        (space.Read(address).Sequence, space.Read(address, ReadDepth.Shallow).Sequence);

    private static void Try(Action commit)
    {
        try
        {
            commit();
        }
        catch (SchedulerException refusal) when (refusal.Code is ErrorCodes.PathConflict or ErrorCodes.PatchFailed)
        {
            // The tree is as it was, which the comparison expects then.
        }
    }
}
