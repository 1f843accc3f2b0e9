using System.Buffers;
using System.Text.Json;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Core.Governing;

/// <summary>The stored form of the governor's entries: JSON. Grants and their ends are written by hand, because every run of every schedule needs both.</summary>
internal sealed class GovernorEntryCodec : IEntryCodec<GovernorEntry>
{
    private readonly JsonEntryCodec<GovernorEntry> _json = new();

    public byte Format => _json.Format;

    public void Write(GovernorEntry entry, IBufferWriter<byte> output)
    {
        switch (entry)
        {
            case GovernorEntry.Granted granted:
                JsonEntryWriter.Write(output, granted, Write);
                break;
            case GovernorEntry.Ended ended:
                JsonEntryWriter.Write(output, ended, Write);
                break;
            default:
                _json.Write(entry, output);
                break;
        }
    }

    public GovernorEntry Read(ReadOnlyMemory<byte> content, byte format) => _json.Read(content, format);

    private static void Write(Utf8JsonWriter writer, GovernorEntry.Granted granted)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "granted"u8);
        Write(writer, granted.Lease);
        if (granted.Rank is { } rank)
        {
            writer.WriteStartObject("rank"u8);
            writer.WriteNumber("position"u8, rank.Position);
            writer.WriteString("since"u8, rank.Since);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Lease lease)
    {
        writer.WriteStartObject("lease"u8);
        writer.WriteString("run"u8, lease.Run.ToString());
        if (lease.Group is { } group)
        {
            writer.WriteString("group"u8, group);
        }

        writer.WriteString("process"u8, lease.Process);
        writer.WriteNumber("token"u8, lease.Token);
        writer.WriteString("granted_at"u8, lease.GrantedAt);
        writer.WriteString("expires_at"u8, lease.ExpiresAt);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GovernorEntry.Ended ended)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "ended"u8);
        writer.WriteString("run"u8, ended.Run.ToString());
        writer.WriteNumber("token"u8, ended.Token);
        writer.WriteBoolean("expired"u8, ended.Expired);
        writer.WriteEndObject();
    }
}
