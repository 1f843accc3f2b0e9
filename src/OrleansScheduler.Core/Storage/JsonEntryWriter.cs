using System.Buffers;
using System.Text.Json;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Storage;

/// <summary>One JSON writer per thread, for entries.</summary>
internal static class JsonEntryWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ContractJson.Options.Encoder, SkipValidation = true, MaxDepth = ContractJson.Options.MaxDepth };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes an entry with a writer that is taken for so long.</summary>
    public static void Write<TEntry>(IBufferWriter<byte> output, TEntry entry, Action<Utf8JsonWriter, TEntry> write)
    {
        Utf8JsonWriter writer = _writer ?? new Utf8JsonWriter(output, Options);
        _writer = null;
        writer.Reset(output);
        write(writer, entry);
        writer.Flush();
        writer.Reset(Stream.Null);
        _writer = writer;
    }
}
