using System.Collections.Immutable;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class TreeEditTests
{
    [Fact]
    public void Missing_objects_on_the_way_are_created()
    {
        var tree = TreeOf("""{"x": 1}""");

        var change = Edit(tree, PureSpace.Set("doc/a/b/c", "2"), PureSpace.Set("new/a", "3"));

        Assert.Equal(JsonValue.Parse("""{"doc": {"x": 1, "a": {"b": {"c": 2}}}, "new": {"a": 3}}"""), change.After.Root);
        Assert.Equal(PureSpace.At("doc/a/b/c", "new/a"), change.Changed);
    }

    [Fact]
    public void An_index_names_an_element_or_the_place_behind_the_last()
    {
        var tree = TreeOf("[1, 2]");

        var change = Edit(tree, PureSpace.Set("doc[0]", "0"), PureSpace.Set("doc[2]", "3"), PureSpace.Set("doc[3]/a", "4"));

        Assert.Equal(JsonValue.Parse("""[0, 2, 3, {"a": 4}]"""), change.After.Root["doc"]);
    }

    [Theory]
    [InlineData("doc/list[3]")]
    [InlineData("doc/list/0")]
    [InlineData("doc[0]")]
    [InlineData("doc/scalar/a")]
    [InlineData("doc/null/a")]
    [InlineData("doc/absent[0]")]
    [InlineData("absent[0]")]
    public void A_write_through_a_value_without_such_a_child_is_refused(string address)
    {
        var tree = TreeOf("""{"list": [1, 2], "scalar": 1, "null": null}""");

        var refusal = Assert.Throws<SchedulerException>(() => Edit(tree, PureSpace.Set("doc/fine", "1"), PureSpace.Set(address, "1")));

        Assert.Equal(ErrorCodes.PathConflict, refusal.Code);
        Assert.Equal(address, refusal.Details["address"]);
    }

    [Fact]
    public void Removing_takes_a_document_a_member_or_an_element_away()
    {
        var tree = TreeOf("""{"a": {"b": 1, "c": 2}, "list": [1, 2, 3]}""");

        var change = Edit(tree, PureSpace.Remove("doc/a/b"), PureSpace.Remove("doc/list[1]"), PureSpace.Set("other", "1"));
        var rest = Edit(change.After, PureSpace.Remove("doc"));

        Assert.Equal(JsonValue.Parse("""{"a": {"c": 2}, "list": [1, 3]}"""), change.After.Root["doc"]);
        Assert.Equal(["other"], rest.After.Root.Keys);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("doc/b")]
    [InlineData("doc/a/b/c")]
    [InlineData("doc/list[2]")]
    [InlineData("doc/list/0")]
    public void Removing_what_is_absent_changes_nothing(string address)
    {
        var tree = TreeOf("""{"a": 1, "list": [1, 2]}""");

        var change = Edit(tree, PureSpace.Remove(address));

        Assert.Same(tree, change.After);
        Assert.Empty(change.Changed);
    }

    [Theory]
    [InlineData("doc/n", "1.0")]
    [InlineData("doc/n", "10e-1")]
    [InlineData("doc/o", """{"b": [1, {}], "a": 2.0}""")]
    [InlineData("doc", """{"o": {"b": [1.0, {}], "a": 2}, "n": 1}""")]
    public void Setting_an_equal_value_changes_nothing(string address, string json)
    {
        var tree = TreeOf("""{"n": 1, "o": {"a": 2, "b": [1, {}]}}""");

        var change = Edit(tree, PureSpace.Set(address, json));

        Assert.False(change.IsChange);
        Assert.Same(tree, change.After);
    }

    [Fact]
    public void A_patch_that_changes_nothing_is_no_change()
    {
        var tree = TreeOf("""{"a": [1, 2]}""");

        var change = Edit(tree, Patch("""[{"op": "test", "path": "/a/0", "value": 1}, {"op": "replace", "path": "/a/0", "value": 1.0}]"""));

        Assert.Same(tree, change.After);
    }

    [Fact]
    public void A_patch_creates_changes_and_removes_a_document()
    {
        var created = Edit(DocumentTree.Empty, Patch("""[{"op": "add", "path": "", "value": {"a": [1]}}]"""));
        var changed = Edit(created.After, Patch("""[{"op": "add", "path": "/a/0", "value": 0}]"""));

        var removed = Edit(changed.After, Patch("""[{"op": "remove", "path": ""}]"""));

        Assert.Equal(JsonValue.Parse("""{"a": [0, 1]}"""), changed.After.Root["doc"]);
        Assert.Empty(removed.After.Root);
    }

    [Fact]
    public void A_patch_that_does_not_apply_is_refused()
    {
        var tree = TreeOf("""{"a": 1}""");

        var refusal = Assert.Throws<SchedulerException>(() => Edit(tree, Patch("""[{"op": "remove", "path": "/b"}]""")));

        Assert.Equal(ErrorCodes.PatchFailed, refusal.Code);
    }

    [Fact]
    public void What_a_commit_undoes_itself_is_no_change()
    {
        var tree = TreeOf("""{"a": {"b": 1}, "list": [1, 2]}""");

        var change = Edit(
            tree,
            PureSpace.Set("doc/a/b", "2"),
            PureSpace.Set("new", "1"),
            PureSpace.Remove("doc/list[1]"),
            PureSpace.Set("doc/list[1]", "2.0"),
            PureSpace.Remove("new"),
            PureSpace.Set("doc/a", """{"b": 1.0}"""));

        Assert.Same(tree, change.After);
    }

    [Fact]
    public void What_stays_of_a_commit_that_undoes_half_of_itself_is_all_that_changed()
    {
        var tree = TreeOf("""{"a": {"b": 1}, "c": {"d": 1}}""");

        var change = Edit(tree, PureSpace.Set("doc/a/b", "2"), PureSpace.Set("doc/c/d", "2"), PureSpace.Set("doc/a/b", "1.0"));

        Assert.Same(tree.Root.At(JsonPath.Parse("/doc/a")), change.After.Root.At(JsonPath.Parse("/doc/a")));
        Assert.Equal(1, change.After.Sequence);
    }

    [Fact]
    public void A_commit_whose_operations_change_nothing_keeps_the_sequence()
    {
        var tree = TreeOf("""{"a": 1}""");
        var next = Edit(tree, PureSpace.Set("doc/a", "2")).After;

        var same = Edit(next, PureSpace.Set("doc/a", "2"), PureSpace.Remove("doc/b")).After;

        Assert.Equal(1, next.Sequence);
        Assert.Same(next, same);
    }

    [Fact]
    public void Random_operations_do_what_a_plain_model_does() => Seeded.Rounds(1_000, random =>
    {
        var operations = new RandomOperations(random);
        var tree = DocumentTree.Empty;
        for (int step = 0; step < 100; step++)
        {
            var commit = operations.Commit(tree.Root);
            var expected = commit.Aggregate((JsonObject?)tree.Root, (root, operation) => root is null ? null : PlainValues.After(root, operation));

            var change = TryEdit(tree, commit);

            Assert.Equal(expected is null ? "refused" : PlainValues.Text(expected), change is null ? "refused" : PlainValues.Text(change.After.Root));
            if (change is not null)
            {
                AssertShared(tree.Root, change.After.Root, "");
                tree = change.After;
            }
        }
    });

    // Wherever the values of before and after are equal, they are one object.
    private static void AssertShared(JsonValue before, JsonValue after, string place)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        Assert.True(PlainValues.Text(before) != PlainValues.Text(after), $"'{place}' is equal, but was built again.");
        foreach (PathStep step in StepsOf(after))
        {
            if (before.Child(step) is { } child)
            {
                AssertShared(child, after.Child(step)!, place + step);
            }
        }
    }

    private static IEnumerable<PathStep> StepsOf(JsonValue value) => value switch
    {
        JsonObject members => members.Keys.Select(PathStep.OfKey),
        JsonArray items => Enumerable.Range(0, items.Count).Select(PathStep.OfIndex),
        _ => [],
    };

    private static TreeChange? TryEdit(DocumentTree tree, ImmutableArray<Operation> operations)
    {
        try
        {
            return TreeEdit.Apply(tree, operations);
        }
        catch (SchedulerException refusal) when (refusal.Code is ErrorCodes.PathConflict or ErrorCodes.PatchFailed)
        {
            return null;
        }
    }

    private static TreeChange Edit(DocumentTree tree, params Operation[] operations) => TreeEdit.Apply(tree, [.. operations]);

    private static PatchOperation Patch(string json) => new(DocumentId.Parse("doc"), JsonValue.Parse(json));

    private static DocumentTree TreeOf(string doc) => new(0, JsonObject.Of(("doc", JsonValue.Parse(doc))), Stamp.Uniform(0));
}
