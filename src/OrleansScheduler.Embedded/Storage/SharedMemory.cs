using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The index of the write-ahead log that a killed process left behind; a witness of what was committed.</summary>
/// <remarks>It is written after a commit is durable, and is never flushed: it may know less than there is, but not more.</remarks>
internal static class SharedMemory
{
    private const int CopyBytes = 48;
    private const int SaltAt = 32;
    private const int SumAt = 40;
    private const int FramesAt = 16;

    /// <summary>How many frames of the log with this salt are known to be committed and not yet folded into the file; 0 when it
    /// says nothing.</summary>
    public static long CommittedFrames(string path, ReadOnlySpan<byte> salt)
    {
        var file = new FileInfo(path + "-shm");
        if (!file.Exists || file.Length < (2 * CopyBytes) + sizeof(uint))
        {
            return 0;
        }

        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[(2 * CopyBytes) + sizeof(uint)];
        stream.ReadExactly(head);
        var copy = head[..CopyBytes];
        var sum = new WalSum(IsBigEndian: !BitConverter.IsLittleEndian).Add(copy[..SumAt]);
        var stored = MemoryMarshal.Cast<byte, uint>(copy[SumAt..]);
        var isWhole = copy.SequenceEqual(head.Slice(CopyBytes, CopyBytes)) && (sum.First, sum.Second) == (stored[0], stored[1]);
        var frames = Number(copy[FramesAt..]);
        return isWhole && copy.Slice(SaltAt, salt.Length).SequenceEqual(salt) && Number(head[(2 * CopyBytes)..]) < frames ? frames : 0;
    }

    private static uint Number(ReadOnlySpan<byte> bytes) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
