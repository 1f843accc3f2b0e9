using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The stored form of a writer session.</summary>
internal static class StoredSession
{
    public static void Write(BinaryEncoder encoder, string name, WriterSession session)
    {
        encoder.Text(name);
        encoder.Number(session.Floor);
        encoder.Instant(session.LastAt);
        encoder.Number(session.Count);
        foreach (SessionReceipt receipt in session.Receipts)
        {
            encoder.Number(receipt.LocalSequence);
            encoder.Hash(receipt.Payload);
            encoder.Number(receipt.Sequence);
            encoder.Flag(receipt.Changed);
            encoder.Number(receipt.Marked);
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
            ContentHash payload = decoder.Hash();
            long sequence = decoder.Number();
            bool changed = decoder.Flag();
            session.Record(new SessionReceipt(localSequence, payload, sequence, (int)decoder.Number(), changed), lastAt);
        }

        session.RestoreFloor(floor);
        sessions.Restore(name, session);
        return name;
    }
}
