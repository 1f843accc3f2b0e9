using System.Buffers.Binary;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The checksum of SQLite's write-ahead log, which goes on from frame to frame.</summary>
/// <param name="IsBigEndian">How the words of content are read.</param>
/// <param name="First">Its first half.</param>
/// <param name="Second">Its second half.</param>
internal readonly record struct WalSum(bool IsBigEndian, uint First = 0, uint Second = 0)
{
    public WalSum Add(ReadOnlySpan<byte> content)
    {
        var (first, second) = (First, Second);
        for (; content.Length >= 8; content = content[8..])
        {
            unchecked
            {
                first += Word(content) + second;
                second += Word(content[4..]) + first;
            }
        }

        return this with { First = first, Second = second };
    }

    /// <summary>The same kind of checksum, with the value that is stored.</summary>
    public WalSum Stored(ReadOnlySpan<byte> stored) => this with
    {
        First = BinaryPrimitives.ReadUInt32BigEndian(stored),
        Second = BinaryPrimitives.ReadUInt32BigEndian(stored[4..]),
    };

    public bool Fits(ReadOnlySpan<byte> stored) => Stored(stored) == this;

    private uint Word(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
