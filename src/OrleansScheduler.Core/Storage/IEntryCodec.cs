using System.Buffers;

namespace OrleansScheduler.Core.Storage;

/// <summary>Turns the entries of one kind of journal into bytes and back.</summary>
internal interface IEntryCodec<TEntry>
{
    /// <summary>The newest format. Reading accepts it and all before it.</summary>
    byte Format { get; }

    /// <summary>The newest format that the release before this one reads; it is written until an operator raises it.</summary>
    byte PreviousFormat => Format;

    /// <summary>Writes an entry in the only format of a codec that has one.</summary>
    void Write(TEntry entry, IBufferWriter<byte> output);

    /// <summary>Writes an entry in <see cref="Format"/> or <see cref="PreviousFormat"/>.</summary>
    void Write(TEntry entry, IBufferWriter<byte> output, byte format) => Write(entry, output);

    TEntry Read(ReadOnlyMemory<byte> content, byte format);
}
