using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>CRC-32C, carried along from part to part. Texts count with their length, so that parts cannot trade characters.</summary>
internal static class Checksum
{
    /// <summary>Everything that belongs to an actor starts from its name: a row under a wrong number fails, too.</summary>
    public static uint Of(string kind, string key) => Add(Add(uint.MaxValue, kind), key);

    public static uint Add(uint sum, long value) => BitOperations.Crc32C(sum, (ulong)value);

    public static uint Add(uint sum, string text) => Add(Add(sum, (long)text.Length), MemoryMarshal.AsBytes(text.AsSpan()));

    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }
}
