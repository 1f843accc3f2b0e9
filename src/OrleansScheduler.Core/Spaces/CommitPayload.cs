using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The hash by which a space tells a repeated commit from another one under the same number.</summary>
/// <remarks>
/// It guards against a caller's mistake, not against an attacker, who could just as well use another number: two checksums
/// of 32 bits over the encoded request do that at a tenth of the cost of a cryptographic hash.
/// </remarks>
internal static class CommitPayload
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    public static ContentHash HashOf(CommitRequest request)
    {
        ArrayBufferWriter<byte> buffer = _scratch ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        var encoder = new BinaryEncoder(buffer);
        encoder.Reads(request.Reads);
        encoder.Operations(request.Operations);
        ReadOnlySpan<byte> content = buffer.WrittenSpan;

        uint forward = uint.MaxValue;
        uint mixed = 0;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(content))
        {
            forward = BitOperations.Crc32C(forward, word);
            mixed = BitOperations.Crc32C(mixed, word * 0x9E3779B97F4A7C15);
        }

        foreach (byte rest in content[(content.Length & ~7)..])
        {
            forward = BitOperations.Crc32C(forward, rest);
            mixed = BitOperations.Crc32C(mixed, (byte)(rest * 0x95));
        }

        return new ContentHash((ulong)content.Length, ((ulong)forward << 32) | mixed);
    }
}
