using OrleansScheduler.Core.Actions;
using OrleansScheduler.Documents;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class OverlapTests
{
    [Fact]
    public void An_element_that_makes_room_for_an_equal_one_has_not_changed()
    {
        var space = new PureSpace();
        space.Commit(PureSpace.Set("list", """[1, 1.0, {"a": 1, "b": 2}, {"a": 1, "b": 3}]"""));
        ActionNode reader = space.Effect("reader", "");
        space.Run(reader, "list[0] list[1] list[2]/a list[2]/b");

        space.Commit(PureSpace.Remove("list[0]"));

        Assert.Equal(["list[1]", "list[2]/b"], Causes(reader));
    }

    private static string[] Causes(ActionNode reader) =>
        [.. reader.Causes.Reads.Keys.Select(key => key.Address.ToString()).Order(StringComparer.Ordinal)];
}
