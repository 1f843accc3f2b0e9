using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What a space remembers of writer sessions, so that repeating a commit is harmless.</summary>
internal sealed class SessionTable
{
    public const int SessionsMax = 10_000;
    public const int ReceiptsMax = 64;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private readonly Dictionary<string, WriterSession> _sessions = new(StringComparer.Ordinal);

    // Ordered by what is stored, so that a space forgets the same sessions after it was loaded from pages. By the hour, so
    // that a busy session moves once an hour and not with every commit.
    private readonly SortedSet<(long Hour, string Session)> _byAge = new(ByAge);

    private static IComparer<(long Hour, string Session)> ByAge { get; } =
        Comparer<(long Hour, string Session)>.Create(static (one, other) =>
            one.Hour.CompareTo(other.Hour) is var order and not 0 ? order : string.CompareOrdinal(one.Session, other.Session));

    public int Count => _sessions.Count;

    public IReadOnlyDictionary<string, WriterSession> All => _sessions;

    public bool TryGet(string session, [NotNullWhen(true)] out WriterSession? found) => _sessions.TryGetValue(session, out found);

    /// <summary>True when a new session fits, or the commit that begins it makes room by forgetting a silent one.</summary>
    public bool HasRoom(DateTimeOffset now) => Count < SessionsMax || IsOver(_byAge.Min.Hour, now);

    /// <summary>The receipt of a commit that was just folded.</summary>
    public CommitReceipt ReceiptOf(string session, long localSequence) =>
        _sessions[session].TryGet(localSequence, out SessionReceipt receipt)
            ? receipt.Receipt
            : throw new InvariantException($"The commit {localSequence} of session '{session}' left no receipt.");

    /// <summary>Remembers a receipt, and forgets at most two sessions that have been silent for too long.</summary>
    /// <returns>The names of the forgotten sessions.</returns>
    public IReadOnlyList<string> Record(string session, in SessionReceipt receipt, DateTimeOffset at)
    {
        long hour = HourOf(at);
        if (!_sessions.TryGetValue(session, out WriterSession? writer))
        {
            _sessions[session] = writer = new WriterSession();
            _byAge.Add((hour, session));
        }
        else if (HourOf(writer.LastAt) is var before && before != hour)
        {
            _byAge.Remove((before, session));
            _byAge.Add((hour, session));
        }

        writer.Record(receipt, at);
        return IsOver(_byAge.Min.Hour, at) ? Forget(at) : [];
    }

    public void Restore(string session, WriterSession writer)
    {
        _sessions[session] = writer;
        _byAge.Add((HourOf(writer.LastAt), session));
    }

    private static long HourOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;

    // The whole hour has to be over, so that nobody is forgotten early.
    private static bool IsOver(long hour, DateTimeOffset now) => (hour + 1) * TimeSpan.TicksPerHour <= (now - KeptFor).UtcTicks;

    private List<string> Forget(DateTimeOffset now)
    {
        List<string> gone = [];
        while (gone.Count < 2 && _byAge.Count > 0 && _byAge.Min is var oldest && IsOver(oldest.Hour, now))
        {
            _byAge.Remove(oldest);
            _sessions.Remove(oldest.Session);
            gone.Add(oldest.Session);
        }

        return gone;
    }
}
