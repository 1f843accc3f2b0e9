using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Applies the operations of one commit to a tree. Equal branches of before and after stay the same objects.</summary>
internal sealed class TreeEdit
{
    private readonly DocumentTree _before;
    private readonly Touch _touch = new();
    private readonly ImmutableArray<Address>.Builder _changed = ImmutableArray.CreateBuilder<Address>();
    private JsonObject _root;

    private TreeEdit(DocumentTree before)
    {
        _before = before;
        _root = before.Root;
    }

    /// <summary>The tree after the operations.</summary>
    /// <exception cref="SchedulerException">With <c>path_conflict</c> or <c>patch_failed</c>; nothing happened.</exception>
    public static TreeChange Apply(DocumentTree before, ImmutableArray<Operation> operations)
    {
        var edit = new TreeEdit(before);
        foreach (Operation operation in operations)
        {
            edit.Apply(operation);
        }

        return edit.Finish(operations.Length > 1);
    }

    private TreeChange Finish(bool mayRevert)
    {
        // Later operations may have undone earlier ones; what is equal again must be the same object again.
        var root = mayRevert ? (JsonObject)Reshare(_before.Root, _root, _touch)! : _root;
        if (ReferenceEquals(root, _before.Root))
        {
            return new TreeChange(_before, _before, _touch, []);
        }

        long sequence = _before.Sequence + 1;
        Stamp stamp = _before.Stamp.Restamp(_touch, _before.Root, root, sequence);
        return new TreeChange(_before, new DocumentTree(sequence, root, stamp), _touch, _changed.ToImmutable());
    }

    private void Apply(Operation operation)
    {
        switch (operation)
        {
            case SetOperation set:
                Replace(set.Address, current => Put(set.Address, current, 0, set.Value));
                break;
            case RemoveOperation remove:
                Replace(remove.Address, current => Take(remove.Address, current, 0) ?? JsonObject.Empty);
                break;
            case PatchOperation patch:
                Address document = Address.Of(patch.Document, JsonPath.Root);
                JsonValue? patched = JsonPatch.Apply(_root.Child(PathStep.OfKey(patch.Document.ToString())), patch.Patch);
                Replace(document, current => patched is null ? Take(document, current, 0)! : Put(document, current, 0, patched));
                break;
            default:
                throw new InvariantException($"No rule for the operation {operation.GetType().Name}.");
        }
    }

    private void Replace(Address address, Func<JsonValue, JsonValue> change)
    {
        var root = (JsonObject)change(_root);
        if (ReferenceEquals(root, _root))
        {
            return;
        }

        // Removing or inserting an element moves its later siblings: then all of its array may differ.
        ReadOnlySpan<PathStep> steps = address.FromRoot.Steps.AsSpan();
        _touch.Add(steps is [.. var parent, { IsKey: false }] && parent.Length > 0 ? parent : steps);
        _changed.Add(address);
        _root = root;
    }

    private static JsonValue Put(Address address, JsonValue? current, int depth, JsonValue value)
    {
        ImmutableArray<PathStep> steps = address.FromRoot.Steps;
        if (depth == steps.Length)
        {
            return Reshare(current, value, null)!;
        }

        PathStep step = steps[depth];
        switch (current)
        {
            case null when step.IsKey:
                return JsonObject.Of((step.Key, Put(address, null, depth + 1, value)));
            case JsonObject members when step.IsKey:
                return members.With(step.Key, Put(address, members.Child(step), depth + 1, value));
            case JsonArray items when !step.IsKey && step.Index <= items.Count:
                return items.With(step.Index, Put(address, items.Child(step), depth + 1, value));
            default:
                throw Conflict(address, depth, current);
        }
    }

    // Null when nothing is left; removing below an absent or unfit value is no change.
    private static JsonValue? Take(Address address, JsonValue? current, int depth)
    {
        ImmutableArray<PathStep> steps = address.FromRoot.Steps;
        if (depth == steps.Length)
        {
            return null;
        }

        PathStep step = steps[depth];
        if (current?.Child(step) is not { } child)
        {
            return current;
        }

        JsonValue? rest = Take(address, child, depth + 1);
        return current switch
        {
            JsonObject members => rest is null ? members.Without(step.Key) : members.With(step.Key, rest),

            // An element may move to where an equal one was: then that place has not changed.
            JsonArray items => rest is null ? ReshareItems(items, items.Without(step.Index)) : items.With(step.Index, rest),
            _ => current,
        };
    }

    /// <summary>A value equal to <paramref name="after"/> that is built from the branches of <paramref name="before"/> where they are equal.</summary>
    private static JsonValue? Reshare(JsonValue? before, JsonValue? after, Touch? touch)
    {
        if (before is null || after is null || ReferenceEquals(before, after))
        {
            return after;
        }

        if (before is JsonObject old && after is JsonObject now)
        {
            return ReshareMembers(old, now, touch);
        }

        if (before is JsonArray oldItems && after is JsonArray nowItems)
        {
            return ReshareItems(oldItems, nowItems);
        }

        return JsonValue.Same(before, after) ? before : after;
    }

    private static JsonObject ReshareMembers(JsonObject before, JsonObject after, Touch? touch)
    {
        var sharing = new Sharing(before) { Result = after, IsEqual = before.Count == after.Count };
        if (touch is { IsWhole: false })
        {
            touch.Visit(before, after, ref sharing, static (ref Sharing state, PathStep step, Touch below) =>
            {
                if (step.IsKey)
                {
                    state.Take(step, below);
                }
            });
        }
        else
        {
            foreach ((string key, _) in after)
            {
                sharing.Take(PathStep.OfKey(key), null);
            }
        }

        return sharing.IsEqual ? before : sharing.Result;
    }

    // Taking a step puts an equal value in the place of another one, so the result serves as the value after as well.
    private struct Sharing(JsonObject before)
    {
        public required JsonObject Result;
        public required bool IsEqual;

        public void Take(PathStep step, Touch? below)
        {
            JsonValue? old = before.Child(step);
            JsonValue? now = Result.Child(step);
            JsonValue? shared = now is null ? null : Reshare(old, now, below);
            Result = shared is null || ReferenceEquals(shared, now) ? Result : Result.With(step.Key, shared);
            IsEqual &= ReferenceEquals(shared, old);
        }
    }

    private static JsonArray ReshareItems(JsonArray before, JsonArray after)
    {
        JsonArray result = after;
        bool equal = before.Count == after.Count;
        for (int index = 0; index < after.Count; index++)
        {
            JsonValue now = after.Items[index];
            JsonValue? old = index < before.Count ? before.Items[index] : null;
            JsonValue shared = Reshare(old, now, null)!;
            result = ReferenceEquals(shared, now) ? result : result.With(index, shared);
            equal &= ReferenceEquals(shared, old);
        }

        return equal ? before : result;
    }

    private static SchedulerException Conflict(Address address, int depth, JsonValue? current) =>
        new SchedulerException(
            ErrorCodes.PathConflict,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{address}' leads through {current?.Kind.ToString() ?? "nothing"} at step {depth + 1}, which has no such child."))
        .With("address", address.ToString());
}
