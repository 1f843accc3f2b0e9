using System.Buffers;
using System.Text.Json;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Storage;

/// <summary>Entries as JSON, for journals whose rate does not justify a form of their own.</summary>
internal sealed class JsonEntryCodec<TEntry> : IEntryCodec<TEntry>
{
    public byte Format => 1;

    public void Write(TEntry entry, IBufferWriter<byte> output) => JsonEntryWriter.Write(output, entry, static (writer, entry) =>
        JsonSerializer.Serialize(writer, entry, ContractJson.Options));

    public TEntry Read(ReadOnlyMemory<byte> content, byte format) =>
        JsonSerializer.Deserialize<TEntry>(content.Span, ContractJson.Options)
        ?? throw new JsonException("The entry is null.");
}
