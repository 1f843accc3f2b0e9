using System.Collections.Immutable;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Commits;

/// <summary>A commit as a client sends it.</summary>
/// <param name="Operations">1 to 10,000 changes, applied in order.</param>
/// <param name="Reads">What must still be current; null for nothing.</param>
/// <param name="Session">Who numbers the commits; null, with <paramref name="LocalSequence"/>, for a number of this process.</param>
/// <param name="LocalSequence">The number of this commit in the session, from 1.</param>
internal sealed record CommitBody(
    ImmutableArray<Operation> Operations,
    ImmutableArray<ConfirmedRead>? Reads = null,
    string? Session = null,
    long? LocalSequence = null)
{
    /// <summary>The number of the commit, from the body or the header; null when neither has one.</summary>
    /// <exception cref="SchedulerException"><c>request_invalid</c> for half a number, or two.</exception>
    public IdempotencyKey? KeyWith(IdempotencyKey? header) => (Session, LocalSequence) switch
    {
        (null, null) => header,
        (null, _) => throw Fault.Invalid("session", "local_sequence needs the session that it counts in."),
        (_, null) => throw Fault.Invalid("local_sequence", "session needs the number of the commit, local_sequence."),
        _ when header is not null => throw Fault.Invalid(IdempotencyKey.Header, $"Either {IdempotencyKey.Header} or session, not both."),
        _ => new IdempotencyKey(Session, LocalSequence.Value),
    };
}
