using OrleansScheduler.Governing;

namespace OrleansScheduler.Core.Governing;

/// <summary>How new the one is who asks for a slot, among all who ever ask for the same run.</summary>
/// <param name="Position">How much of the run's schedule it has stored.</param>
/// <param name="Since">Since when it cares for the run.</param>
internal sealed record SlotRank(long Position, DateTimeOffset Since) : IComparable<SlotRank>
{
    /// <summary>Older than all others.</summary>
    public static readonly SlotRank Oldest = new(0, default);

    public static SlotRank Of(SlotRequest request) => new(request.Position, request.Since);

    public int CompareTo(SlotRank? other) => other is null
        ? 1
        : Position.CompareTo(other.Position) is not 0 and var order ? order : Since.CompareTo(other.Since);
}
