using System.Buffers;
using System.Security.Cryptography;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The hash by which a space tells a repeated commit from another one under the same number.</summary>
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
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, digest);
        return ContentHash.OfDigest(digest);
    }
}
