using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The documents of a space at one sequence. Immutable: an old tree stays readable while newer ones replace it.</summary>
/// <param name="Sequence">The sequence that it stands at.</param>
/// <param name="Root">The documents by id.</param>
/// <param name="Stamp">When each value last changed.</param>
internal sealed record DocumentTree(long Sequence, JsonObject Root, Stamp Stamp)
{
    public static DocumentTree Empty { get; } = new(0, JsonObject.Empty, Stamp.Uniform(0));

    /// <summary>What is at an address, with the sequence at which it last changed and its hash.</summary>
    public DocumentRead Read(Address address, ReadDepth depth)
    {
        JsonValue? value = Locate(address, depth, out long sequence);
        return depth == ReadDepth.Deep
            ? new DocumentRead(address, depth, sequence, JsonValue.HashOf(value), value, null)
            : new DocumentRead(address, depth, sequence, JsonValue.ShapeHashOf(value), null, JsonShape.Of(value));
    }

    /// <summary>True when the value that was read is still there: by its sequence, and if that differs by its hash.</summary>
    public bool IsCurrent(ConfirmedRead read)
    {
        JsonValue? value = Locate(read.Address, read.Depth, out long sequence);
        return sequence == read.Sequence || HashOf(value, read.Depth) == read.Hash;
    }

    /// <summary>The value at an address, and the sequence at which what a read of that depth sees last changed.</summary>
    public JsonValue? Locate(Address address, ReadDepth depth, out long sequence)
    {
        JsonValue value = Root;
        Stamp stamp = Stamp;
        foreach (PathStep step in address.FromRoot.Steps)
        {
            JsonValue? child = value.Child(step);
            if (child is null)
            {
                // Only a change of the shape of the nearest existing ancestor can create it.
                sequence = stamp.Shape;
                return null;
            }

            value = child;
            stamp = stamp.ChildOf(step);
        }

        sequence = depth == ReadDepth.Deep ? stamp.Deep : stamp.Shape;
        return value;
    }

    public static ContentHash HashOf(JsonValue? value, ReadDepth depth) =>
        depth == ReadDepth.Deep ? JsonValue.HashOf(value) : JsonValue.ShapeHashOf(value);
}
