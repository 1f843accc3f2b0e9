using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Spaces;

/// <summary>When a value and the values in it last changed, kept beside the tree that it describes.</summary>
/// <remarks>
/// Most values change whole, so most stamps have no children: then everything below changed last at <see cref="Rest"/>.
/// Children are listed only where they differ from that.
/// </remarks>
internal sealed class Stamp
{
    private static readonly ImmutableDictionary<PathStep, Stamp> NoChildren = ImmutableDictionary<PathStep, Stamp>.Empty;

    public Stamp(long deep, long shape, long rest, ImmutableDictionary<PathStep, Stamp>? children = null)
    {
        Deep = deep;
        Shape = shape;
        Rest = rest;
        Children = children ?? NoChildren;
    }

    /// <summary>The sequence at which anything here or below last changed.</summary>
    public long Deep { get; }

    /// <summary>The sequence at which the shape last changed.</summary>
    public long Shape { get; }

    /// <summary>The sequence at which children that are not listed last changed.</summary>
    public long Rest { get; }

    public ImmutableDictionary<PathStep, Stamp> Children { get; }

    public static Stamp Uniform(long sequence) => new(sequence, sequence, sequence);

    /// <summary>The stamp of an existing child.</summary>
    public Stamp ChildOf(PathStep step) => Children.TryGetValue(step, out Stamp? child) ? child : Uniform(Rest);

    /// <summary>The stamp of <paramref name="after"/>, which replaced <paramref name="before"/> at <paramref name="sequence"/>.</summary>
    /// <param name="touch">Where the two may differ.</param>
    /// <param name="before">The value before; equal branches of the two are the same objects.</param>
    /// <param name="after">The value after.</param>
    /// <param name="sequence">The sequence of the commit.</param>
    public Stamp Restamp(Touch touch, JsonValue? before, JsonValue after, long sequence)
    {
        if (ReferenceEquals(before, after))
        {
            return this;
        }

        bool sameContainer = before is not null && before.Kind == after.Kind && after.Kind is JsonKind.Array or JsonKind.Object;
        if (!sameContainer)
        {
            return Uniform(sequence);
        }

        var change = new Restamping(this, before!, after, sequence);
        touch.Visit(before!, after, ref change, static (ref Restamping state, PathStep step, Touch below) => state.Take(step, below));
        return new Stamp(sequence, change.ShapeChanged ? sequence : Shape, Rest, change.Children);
    }

    private struct Restamping(Stamp stamp, JsonValue before, JsonValue after, long sequence)
    {
        public ImmutableDictionary<PathStep, Stamp> Children = stamp.Children;
        public bool ShapeChanged;

        public void Take(PathStep step, Touch below)
        {
            JsonValue? old = before.Child(step);
            JsonValue? now = after.Child(step);
            ShapeChanged |= old is null != now is null;
            if (now is null)
            {
                Children = Children.Remove(step);
            }
            else if (!ReferenceEquals(old, now))
            {
                Stamp child = old is null ? Uniform(sequence) : stamp.ChildOf(step).Restamp(below, old, now, sequence);
                Children = Children.SetItem(step, child);
            }
        }
    }
}
