using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The stored form of what is kept of a commit.</summary>
internal static class StoredCommit
{
    public static void Write(BinaryEncoder encoder, CommitRecord record)
    {
        encoder.Number(record.Sequence);
        encoder.Instant(record.CommittedAt);
        encoder.Text(record.By);
        encoder.Number(record.Number);
        encoder.Number(record.Depth);
        encoder.Addresses(record.Addresses);
        encoder.Number(record.AddressesTotal);
    }

    public static CommitRecord Read(ref BinaryDecoder decoder) => new(
        decoder.Number(), decoder.Instant(), decoder.Text(), decoder.Number(), (int)decoder.Number(), decoder.Addresses(), (int)decoder.Number());
}
