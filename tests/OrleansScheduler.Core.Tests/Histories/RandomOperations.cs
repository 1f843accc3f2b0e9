using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Core.Tests.Histories;

/// <summary>Random operations of a commit; some of them do not apply.</summary>
internal sealed class RandomOperations(Random random)
{
    private static readonly string[] PatchNames = ["add", "add", "remove", "replace", "copy", "move"];

    private readonly RandomTrees _trees = new(random);

    /// <summary>Operations of one commit on a tree; some undo others.</summary>
    public ImmutableArray<Operation> Commit(JsonObject root)
    {
        var operations = ImmutableArray.CreateBuilder<Operation>();
        int count = random.Next(3) == 0 ? 1 + random.Next(5) : 1;
        while (operations.Count < count)
        {
            operations.Add(One(root));
        }

        if (random.Next(4) == 0)
        {
            operations.Add(Undo(operations[^1], root));
        }

        return operations.ToImmutable();
    }

    public Operation One(JsonObject root)
    {
        Address address = _trees.Place(root);
        switch (random.Next(20))
        {
            case < 8:
                return new SetOperation(address, ValueAt(root, address) is { } value && random.Next(2) == 0 ? _trees.Neighbour(value) : _trees.Value());
            case < 14:
                return new RemoveOperation(address);
            case 14 or 15:
                return new SetOperation(Address.Of(address.Document!.Value), _trees.Value());
            case 16:
                return new RemoveOperation(Address.Of(address.Document!.Value));
            default:
                return new PatchOperation(address.Document!.Value, Patch(root, address));
        }
    }

    private static JsonValue? ValueAt(JsonObject root, Address address) => root.At(address.FromRoot);

    private static Operation Undo(Operation operation, JsonObject root)
    {
        Address address = operation switch
        {
            SetOperation set => set.Address,
            RemoveOperation remove => remove.Address,
            _ => Address.Of(((PatchOperation)operation).Document),
        };
        return ValueAt(root, address) is { } value ? new SetOperation(address, value) : new RemoveOperation(address);
    }

    private JsonArray Patch(JsonObject root, Address near)
    {
        JsonArray patch = JsonArray.Empty;
        int count = 1 + random.Next(2);
        for (int index = 0; index < count; index++)
        {
            Address place = random.Next(2) == 0 ? near : _trees.Place(root);
            JsonObject operation = JsonObject.Of(("op", _trees.Pick(PatchNames)), ("path", PointerOf(place.Path)));
            operation = operation["op"]!.AsText() switch
            {
                "copy" or "move" => operation.With("from", PointerOf(_trees.Place(root).Path)),
                "remove" => operation,
                _ => operation.With("value", _trees.Value(2)),
            };
            patch = patch.Insert(index, operation);
        }

        return patch;
    }

    private static string PointerOf(JsonPath path) => string.Concat(path.Steps.Select(step =>
        "/" + (step.IsKey ? step.Key.Replace("~", "~0").Replace("/", "~1") : $"{step.Index}")));
}
