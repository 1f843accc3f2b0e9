namespace OrleansScheduler.Spaces;

/// <summary>What became of a commit.</summary>
/// <param name="Sequence">Its sequence; the present one when it changed nothing.</param>
/// <param name="Changed">False when every value was there already: then there is no new sequence and nobody was marked.</param>
/// <param name="Marked">How many actions it gave a cause to run.</param>
public sealed record CommitReceipt(long Sequence, bool Changed, int Marked);
