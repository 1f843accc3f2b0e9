using System.Text.Json.Serialization;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Governing;

/// <summary>What happened to the governor.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Configured), "configured")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Ended), "ended")]
internal abstract record GovernorEntry
{
    /// <summary>The caps are others from here on.</summary>
    internal sealed record Configured(GovernorSettings Settings) : GovernorEntry;

    /// <summary>A run got a slot, or has it for a newer one who asks.</summary>
    /// <param name="Lease">Its permission.</param>
    /// <param name="Rank">How new the one is who asked; null in entries from before there were ranks.</param>
    internal sealed record Granted(Lease Lease, SlotRank? Rank = null) : GovernorEntry;

    /// <summary>A run has its slot no more: it gave it back, its process is over, or its time is.</summary>
    internal sealed record Ended(RunId Run, long Token, bool Expired) : GovernorEntry;
}
