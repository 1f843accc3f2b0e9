using System.Buffers;
using System.Text.Json;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Storage;

/// <summary>Entries as JSON, for journals whose rate does not justify a form of their own.</summary>
internal sealed class JsonEntryCodec<TEntry> : IEntryCodec<TEntry>
{
    public byte Format => 1;

    // A writer around the output would make it grow by 4 KiB at once, and each journal keeps its buffer.
    public void Write(TEntry entry, IBufferWriter<byte> output) =>
        output.Write(JsonSerializer.SerializeToUtf8Bytes(entry, ContractJson.Options));

    public TEntry Read(ReadOnlyMemory<byte> content, byte format) =>
        JsonSerializer.Deserialize<TEntry>(content.Span, ContractJson.Options)
        ?? throw new JsonException("The entry is null.");
}
