namespace OrleansScheduler.Core.Spaces;

/// <summary>Where a commit comes from.</summary>
/// <param name="By">The session or action that wrote it.</param>
/// <param name="Number">The local sequence, or the number of the run.</param>
/// <param name="Depth">0 from outside, else one more than the deepest cause.</param>
/// <param name="At">When it was accepted.</param>
internal readonly record struct CommitOrigin(string By, long Number, int Depth, DateTimeOffset At);
