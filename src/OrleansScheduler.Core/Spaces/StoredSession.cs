using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The stored form of a writer session.</summary>
internal static class StoredSession
{
    public static void Write(BinaryEncoder encoder, string name, WriterSession session)
    {
        encoder.Text(name);
        encoder.Number(session.Floor);
        encoder.Instant(session.LastAt);
        encoder.Number(session.Receipts.Count);
        foreach ((long localSequence, SessionReceipt receipt) in session.Receipts)
        {
            encoder.Number(localSequence);
            encoder.Hash(receipt.Payload);
            encoder.Number(receipt.Receipt.Sequence);
            encoder.Flag(receipt.Receipt.Changed);
            encoder.Number(receipt.Receipt.Marked);
        }
    }

    public static string Read(ref BinaryDecoder decoder, SessionTable sessions)
    {
        string name = decoder.Text();
        var session = new WriterSession();
        long floor = decoder.Number();
        DateTimeOffset lastAt = decoder.Instant();
        for (int left = decoder.Count(); left > 0; left--)
        {
            long localSequence = decoder.Number();
            var receipt = new SessionReceipt(decoder.Hash(), new CommitReceipt(decoder.Number(), decoder.Flag(), (int)decoder.Number()));
            session.Record(localSequence, receipt, lastAt);
        }

        session.RestoreFloor(floor);
        sessions.Restore(name, session);
        return name;
    }
}
