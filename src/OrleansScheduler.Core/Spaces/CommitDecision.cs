using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What becomes of a commit: the entry that it makes, or the receipt that it already has.</summary>
internal abstract record CommitDecision
{
    public const int SessionCharsMax = 200;
    public const int ReadsMax = 10_000;

    internal sealed record Accepted(SpaceEntry.Committed Entry) : CommitDecision;

    internal sealed record Repeated(CommitReceipt Receipt) : CommitDecision;

    /// <exception cref="SchedulerException">The commit is refused; see <see cref="ISpace.CommitAsync"/>.</exception>
    public static CommitDecision Decide(SpaceState state, CommitRequest request, DateTimeOffset now)
    {
        Check(request);
        ContentHash payload = CommitPayload.HashOf(request);
        if (Remembered(state, request, payload, now) is { } receipt)
        {
            return new Repeated(receipt);
        }

        foreach (ConfirmedRead read in request.Reads)
        {
            if (!state.Tree.IsCurrent(read))
            {
                state.Tree.Locate(read.Address, read.Depth, out long sequence);
                throw new SchedulerException(ErrorCodes.ReadConflict, $"'{read.Address}' changed at sequence {sequence}, after it was read.")
                    .With("address", read.Address.ToString())
                    .With("sequence", sequence.ToString(CultureInfo.InvariantCulture));
            }
        }

        TreeChange change = TreeEdit.Apply(state.Tree, request.Operations);
        return new Accepted(new SpaceEntry.Committed(request.Session, request.LocalSequence, payload, now, request.Operations)
        {
            Prepared = change,
        });
    }

    private static CommitReceipt? Remembered(SpaceState state, CommitRequest request, ContentHash payload, DateTimeOffset now)
    {
        if (!state.Sessions.TryGet(request.Session, out WriterSession? session))
        {
            return state.Sessions.HasRoom(now)
                ? null
                : throw new SchedulerException(
                    ErrorCodes.TooManySessions,
                    $"The space remembers {SessionTable.SessionsMax} writer sessions; reuse one, or wait until one has been silent for 7 days.");
        }

        if (session.TryGet(request.LocalSequence, out SessionReceipt receipt))
        {
            return receipt.Payload == payload
                ? receipt.Receipt
                : throw new SchedulerException(
                    ErrorCodes.SessionReused,
                    $"Session '{request.Session}' used the number {request.LocalSequence} for another commit.");
        }

        return request.LocalSequence >= session.Floor
            ? null
            : throw new SchedulerException(
                ErrorCodes.ReceiptExpired,
                $"The space no longer remembers number {request.LocalSequence} of session '{request.Session}'; numbers from {session.Floor} on are safe.");
    }

    private static void Check(CommitRequest request)
    {
        if (request.Session is not { Length: > 0 and <= SessionCharsMax })
        {
            throw Invalid("session", $"A session has 1 to {SessionCharsMax} characters.");
        }

        if (request.LocalSequence < 1)
        {
            throw Invalid("local_sequence", "Numbers of a session begin at 1.");
        }

        if (request.Operations.IsDefaultOrEmpty)
        {
            throw Invalid("operations", "A commit needs an operation.");
        }

        if (request.Reads.IsDefault)
        {
            throw Invalid("reads", "The list of reads is missing.");
        }

        if (request.Reads.Length > ReadsMax)
        {
            throw new SchedulerException(ErrorCodes.CommitTooLarge, $"A commit confirms {request.Reads.Length} reads; the limit is {ReadsMax}.");
        }

        OperationRules.Check(request.Operations);
    }

    private static SchedulerException Invalid(string field, string message) =>
        new SchedulerException(ErrorCodes.RequestInvalid, message).With("field", field);
}
