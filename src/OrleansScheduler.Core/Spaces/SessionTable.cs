using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What a space remembers of writer sessions, so that repeating a commit is harmless.</summary>
internal sealed class SessionTable
{
    public const int SessionsMax = 10_000;
    public const int ReceiptsMax = 256;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private readonly Dictionary<string, WriterSession> _sessions = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, string Session)> _byAge = new();

    public int Count => _sessions.Count;

    public IReadOnlyDictionary<string, WriterSession> All => _sessions;

    public bool TryGet(string session, [NotNullWhen(true)] out WriterSession? found) => _sessions.TryGetValue(session, out found);

    /// <summary>The receipt of a commit that was just folded.</summary>
    public CommitReceipt ReceiptOf(string session, long localSequence) =>
        _sessions[session].TryGet(localSequence, out SessionReceipt? receipt)
            ? receipt.Receipt
            : throw new InvariantException($"The commit {localSequence} of session '{session}' left no receipt.");

    /// <summary>Remembers a receipt, and forgets at most two sessions that have been silent for too long.</summary>
    /// <returns>The names of the forgotten sessions.</returns>
    public List<string> Record(string session, long localSequence, SessionReceipt receipt, DateTimeOffset at)
    {
        if (!_sessions.TryGetValue(session, out WriterSession? writer))
        {
            _sessions[session] = writer = new WriterSession();
            _byAge.Enqueue((at, session));
        }

        writer.Record(localSequence, receipt, at);
        return Forget(at - KeptFor);
    }

    public void Restore(string session, WriterSession writer)
    {
        _sessions[session] = writer;
        _byAge.Enqueue((writer.LastAt, session));
    }

    private List<string> Forget(DateTimeOffset before)
    {
        List<string> gone = [];
        for (int i = 0; i < 2 && _byAge.TryPeek(out var oldest) && oldest.At < before; i++)
        {
            _byAge.Dequeue();
            WriterSession writer = _sessions[oldest.Session];
            if (writer.LastAt < before)
            {
                _sessions.Remove(oldest.Session);
                gone.Add(oldest.Session);
            }
            else
            {
                _byAge.Enqueue((writer.LastAt, oldest.Session));
            }
        }

        return gone;
    }
}
