using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>One of the many ways in which a list of numbers can be changed.</summary>
internal static class ListEdit
{
    private const int ItemsMax = 5;

    public static readonly Address List = Address.Parse("list");

    private static readonly DocumentId Document = DocumentId.Parse("list");

    /// <summary>An operation that fits the list as it is.</summary>
    public static Operation Of(JsonArray? list, int way)
    {
        int value = way / 8 % 4;
        if (list is null)
        {
            return way % 2 == 0 ? new SetOperation(List, JsonArray.Of(value)) : Patch(One("add", "", JsonArray.Of(value, value + 1)));
        }

        string last = $"/{list.Count - 1}";
        return (way % 8) switch
        {
            < 2 when list.Count > 0 => new SetOperation(Address.Parse($"list[{list.Count - (way % 2)}]"), value),
            2 => new RemoveOperation(List),
            3 when list.Count > 0 => new RemoveOperation(Address.Parse("list[0]")),
            4 when list.Count > 1 => Patch(One("test", "", list), JsonObject.Of(("op", "move"), ("from", last), ("path", "/0"))),
            5 when list.Count > 0 => Patch(One("replace", last, value), One("add", "/0", value)),
            6 when list.Count > ItemsMax => Patch(One("remove", last), One("remove", "/0"), One("remove", "/0")),
            _ => Patch(One("add", way % 2 == 0 ? "/0" : "/-", value)),
        };
    }

    private static PatchOperation Patch(params JsonValue[] operations) => new(Document, JsonArray.Of(operations));

    private static JsonObject One(string name, string path) => JsonObject.Of(("op", name), ("path", path));

    private static JsonObject One(string name, string path, JsonValue value) => One(name, path).With("value", value);
}
