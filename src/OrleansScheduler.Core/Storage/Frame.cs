using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OrleansScheduler.Core.Storage;

/// <summary>The frame of every stored entry and page: a format number and a checksum before the content.</summary>
internal static class Frame
{
    public const int HeaderBytes = 5;

    public static byte[] Seal(byte format, ReadOnlySpan<byte> content)
    {
        byte[] framed = new byte[HeaderBytes + content.Length];
        framed[0] = format;
        content.CopyTo(framed.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(1), Checksum(format, content));
        return framed;
    }

    /// <summary>The content, or the reason why there is none.</summary>
    public static string? Open(ReadOnlyMemory<byte> framed, byte newestFormat, out byte format, out ReadOnlyMemory<byte> content)
    {
        content = default;
        format = 0;
        if (framed.Length < HeaderBytes)
        {
            return "it is shorter than its header";
        }

        byte written = framed.Span[0];
        ReadOnlyMemory<byte> body = framed[HeaderBytes..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(framed.Span[1..]) != Checksum(written, body.Span))
        {
            // The format is under the checksum too: what does not fit may not pass for a newer version.
            return "its checksum does not fit";
        }

        format = written;
        content = body;
        return format > newestFormat ? $"its format {format} is newer than {newestFormat}, the newest that this version knows" : null;
    }

    private static uint Checksum(byte format, ReadOnlySpan<byte> content)
    {
        uint sum = BitOperations.Crc32C(uint.MaxValue, format);
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(content))
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (byte rest in content[(content.Length & ~7)..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return sum;
    }
}
