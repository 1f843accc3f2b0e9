using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What is remembered of one commit of a session.</summary>
/// <param name="Payload">The hash of what was asked: the same pair with another payload is a mistake.</param>
/// <param name="Receipt">The answer.</param>
internal sealed record SessionReceipt(ContentHash Payload, CommitReceipt Receipt);
