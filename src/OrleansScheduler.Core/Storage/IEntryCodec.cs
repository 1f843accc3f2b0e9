using System.Buffers;

namespace OrleansScheduler.Core.Storage;

/// <summary>Turns the entries of one kind of journal into bytes and back.</summary>
internal interface IEntryCodec<TEntry>
{
    /// <summary>The format that is written. Reading accepts it and all before it.</summary>
    byte Format { get; }

    void Write(TEntry entry, IBufferWriter<byte> output);

    TEntry Read(ReadOnlyMemory<byte> content, byte format);
}
