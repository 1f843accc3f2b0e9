using System.Collections.Immutable;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Handlers;

/// <summary>What a handler did in its run.</summary>
internal sealed record RunFootprint(
    ImmutableArray<ConfirmedRead> Reads, ImmutableArray<Operation> Operations, int Turns, bool CompletesSchedule, string? Log);
