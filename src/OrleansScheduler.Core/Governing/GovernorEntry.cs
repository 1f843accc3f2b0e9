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

    /// <summary>A run got a slot.</summary>
    internal sealed record Granted(Lease Lease) : GovernorEntry;

    /// <summary>A run has its slot no more: it gave it back, its process is over, or its time is.</summary>
    internal sealed record Ended(RunId Run, long Token, bool Expired) : GovernorEntry;
}
