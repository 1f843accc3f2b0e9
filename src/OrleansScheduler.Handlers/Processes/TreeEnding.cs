using System.Collections.Immutable;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>What became of the processes of a run.</summary>
/// <param name="Ended">The numbers of those that were ended, or ended meanwhile.</param>
/// <param name="Left">The numbers of those that could not be ended.</param>
internal sealed record TreeEnding(ImmutableArray<int> Ended, ImmutableArray<int> Left);
