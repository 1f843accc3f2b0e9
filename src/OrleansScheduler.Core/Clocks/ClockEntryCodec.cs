using System.Buffers;
using System.Text.Json;
using OrleansScheduler.Core.Storage;

namespace OrleansScheduler.Core.Clocks;

/// <summary>The stored form of a clock's entries: JSON, written by hand because every firing leaves one.</summary>
internal sealed class ClockEntryCodec : IEntryCodec<ClockEntry>
{
    private readonly JsonEntryCodec<ClockEntry> _json = new();

    public byte Format => _json.Format;

    public void Write(ClockEntry entry, IBufferWriter<byte> output) => JsonEntryWriter.Write(output, entry, Write);

    public ClockEntry Read(ReadOnlyMemory<byte> content, byte format) => _json.Read(content, format);

    private static void Write(Utf8JsonWriter writer, ClockEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("schedule"u8, entry.Schedule.ToString());
        writer.WriteStartObject("attention"u8);
        writer.WriteNumber("number"u8, entry.Attention.Number);
        if (entry.Attention.Due is { } due)
        {
            writer.WriteString("due"u8, due);
        }

        if (entry.Attention.SinceStart is { } start)
        {
            writer.WriteString("since_start"u8, start);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
