using System.Buffers.Binary;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>Frames on the pipes between this process and a worker: four bytes of length, little-endian, then so many bytes.</summary>
internal static class WorkerFrames
{
    public static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        byte[] frame = new byte[4 + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, content.Length);
        content.CopyTo(frame.AsMemory(4));
        await stream.WriteAsync(frame, cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>The next frame; null when the stream ends before it is whole.</summary>
    /// <exception cref="InvalidDataException">The length is negative or beyond the limit.</exception>
    public static async Task<byte[]?> ReadAsync(Stream stream, int bytesMax, CancellationToken cancellation)
    {
        byte[] length = new byte[4];
        if (await stream.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, cancellation) < 4)
        {
            return null;
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (count < 0 || count > bytesMax)
        {
            throw new InvalidDataException($"A frame of {count} bytes, where {bytesMax} are allowed.");
        }

        byte[] content = new byte[count];
        return await stream.ReadAtLeastAsync(content, count, throwOnEndOfStream: false, cancellation) < count ? null : content;
    }
}
