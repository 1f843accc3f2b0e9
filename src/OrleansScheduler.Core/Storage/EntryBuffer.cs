using System.Buffers;

namespace OrleansScheduler.Core.Storage;

/// <summary>Where an entry is written before it is sealed: one buffer per thread, because hundreds of thousands of journals lie idle.</summary>
internal static class EntryBuffer
{
    private const int KeptBytesMax = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The frame around what a codec writes. Nothing is awaited meanwhile.</summary>
    public static byte[] Seal<TEntry>(IEntryCodec<TEntry> codec, TEntry entry, byte format)
    {
        // Taken, in case that a codec should seal something itself.
        ArrayBufferWriter<byte> buffer = _buffer ?? new ArrayBufferWriter<byte>(4 * 1024);
        _buffer = null;
        buffer.ResetWrittenCount();
        codec.Write(entry, buffer, format);
        byte[] framed = Frame.Seal(format, buffer.WrittenSpan);
        _buffer = buffer.Capacity <= KeptBytesMax ? buffer : null;
        return framed;
    }
}
