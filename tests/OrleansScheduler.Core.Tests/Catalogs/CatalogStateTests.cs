using OrleansScheduler.Catalogs;
using OrleansScheduler.Core.Catalogs;
using Xunit;

namespace OrleansScheduler.Core.Tests.Catalogs;

public sealed class CatalogStateTests
{
    private readonly CatalogState _state = new();

    [Fact]
    public void Names_come_in_ordinal_order_page_by_page()
    {
        foreach (string name in new[] { "b", "a", "B", "c" })
        {
            Note(MemberKind.Space, name, 1);
        }

        var first = _state.List(MemberKind.Space, null, 2);
        var second = _state.List(MemberKind.Space, first.Next, 2);

        Assert.Equal(["B", "a"], first.Names);
        Assert.Equal(["b", "c"], second.Names);
        Assert.Equal(("a", null), (first.Next, second.Next));
    }

    [Fact]
    public void Spaces_and_schedules_are_told_apart()
    {
        Note(MemberKind.Space, "a", 1);
        Note(MemberKind.Schedule, "b", 1);

        Assert.Equal(["a"], _state.List(MemberKind.Space, null, 10).Names);
        Assert.Equal(["b"], _state.List(MemberKind.Schedule, null, 10).Names);
    }

    [Fact]
    public void What_is_gone_is_not_listed_and_a_late_message_does_not_revive_it()
    {
        Note(MemberKind.Schedule, "a", 3);
        Note(MemberKind.Schedule, "a", 7, exists: false);

        Note(MemberKind.Schedule, "a", 5);
        var late = _state.List(MemberKind.Schedule, null, 10);
        Note(MemberKind.Schedule, "a", 8);

        Assert.Empty(late.Names);
        Assert.Equal(["a"], _state.List(MemberKind.Schedule, null, 10).Names);
    }

    [Fact]
    public void It_is_the_same_after_it_was_stored()
    {
        Note(MemberKind.Schedule, "a", 3);
        Note(MemberKind.Schedule, "gone", 7, exists: false);
        Note(MemberKind.Space, "s", 1);

        var copy = new CatalogState();
        _state.WriteChangedPages((name, content) => copy.ReadPage(name, content));
        copy.PagesRead();

        Assert.Equal(["a"], copy.List(MemberKind.Schedule, null, 10).Names);
        Assert.Equal(["s"], copy.List(MemberKind.Space, null, 10).Names);
        Assert.False(copy.IsNews(new CatalogMember(MemberKind.Schedule, "gone", 7, true)));
    }

    private void Note(MemberKind kind, string name, long number, bool exists = true) =>
        _state.Apply(new CatalogMember(kind, name, number, exists));
}
