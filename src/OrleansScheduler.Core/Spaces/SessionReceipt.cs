using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What is remembered of one commit of a session. Small and without references: a busy space keeps hundreds of thousands.</summary>
/// <param name="LocalSequence">The number that the session gave it.</param>
/// <param name="Payload">The hash of what was asked: the same pair with another payload is a mistake.</param>
/// <param name="Sequence">As in the answer.</param>
/// <param name="Marked">As in the answer.</param>
/// <param name="Changed">As in the answer.</param>
internal readonly record struct SessionReceipt(long LocalSequence, ContentHash Payload, long Sequence, int Marked, bool Changed)
{
    /// <summary>The answer.</summary>
    public CommitReceipt Receipt => new(Sequence, Changed, Marked);
}
