using OrleansScheduler.Documents;

namespace OrleansScheduler.Actions;

/// <summary>A value as a reader saw it.</summary>
/// <param name="Sequence">When it had last changed.</param>
/// <param name="Hash">Its hash.</param>
public sealed record SeenValue(long Sequence, ContentHash Hash);
