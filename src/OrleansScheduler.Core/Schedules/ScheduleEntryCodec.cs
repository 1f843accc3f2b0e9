using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Storage;

namespace OrleansScheduler.Core.Schedules;

/// <summary>The stored form of a schedule's entries: JSON, in which two kinds once looked different.</summary>
/// <remarks>What every run of every schedule leaves is written by hand: the serializer allocates a stack for each nested value.</remarks>
internal sealed class ScheduleEntryCodec : IEntryCodec<ScheduleEntry>
{
    private readonly JsonEntryCodec<ScheduleEntry> _json = new();

    public byte Format => _json.Format;

    public void Write(ScheduleEntry entry, IBufferWriter<byte> output)
    {
        switch (entry)
        {
            case ScheduleEntry.Settled settled:
                JsonEntryWriter.Write(output, settled, Write);
                break;
            case ScheduleEntry.Claimed claimed:
                JsonEntryWriter.Write(output, claimed, Write);
                break;
            case ScheduleEntry.Ended { Status: RunStatus.Completed, Error: null, Log: null } ended:
                JsonEntryWriter.Write(output, ended, WriteCompleted);
                break;
            case ScheduleEntry.Heard heard:
                JsonEntryWriter.Write(output, heard, Write);
                break;
            default:
                _json.Write(entry, output);
                break;
        }
    }

    public ScheduleEntry Read(ReadOnlyMemory<byte> content, byte format)
    {
        try
        {
            return _json.Read(content, format);
        }
        catch (JsonException)
        {
            if (JsonNode.Parse(content.Span) is not JsonObject entry || !LeadForward(entry))
            {
                throw;
            }

            return _json.Read(JsonSerializer.SerializeToUtf8Bytes(entry), format);
        }
    }

    private static void Write(Utf8JsonWriter writer, ScheduleEntry.Settled settled)
    {
        Begin(writer, "settled"u8);
        writer.WriteString("up_to"u8, settled.UpTo);
        writer.WriteNumber("missed"u8, settled.Missed);
        writer.WriteNumber("overlapped"u8, settled.Overlapped);
        writer.WriteStartArray("started"u8);
        foreach (DateTimeOffset instant in settled.Started)
        {
            writer.WriteStringValue(instant);
        }

        writer.WriteEndArray();
        writer.WriteString("at"u8, settled.At);
        if (settled.SinceStart is { } start)
        {
            writer.WriteString("since_start"u8, start);
        }

        writer.WriteNumber("since_start_number"u8, settled.SinceStartNumber);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ScheduleEntry.Claimed claimed)
    {
        Begin(writer, "claimed"u8);
        writer.WriteString("run"u8, claimed.Run.ToString());
        writer.WriteString("at"u8, claimed.At);
        writer.WriteEndObject();
    }

    private static void WriteCompleted(Utf8JsonWriter writer, ScheduleEntry.Ended ended)
    {
        Begin(writer, "ended"u8);
        writer.WriteString("run"u8, ended.Run.ToString());
        writer.WriteString("status"u8, "completed"u8);
        writer.WriteString("at"u8, ended.At);
        if (ended.Commit is { } commit)
        {
            writer.WriteNumber("commit"u8, commit);
        }

        writer.WriteNumber("turns"u8, ended.Turns);
        writer.WriteBoolean("completes"u8, ended.Completes);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ScheduleEntry.Heard heard)
    {
        Begin(writer, "heard"u8);
        writer.WriteNumber("attention"u8, heard.Attention);
        writer.WriteNumber("membership"u8, heard.Membership);
        writer.WriteNumber("runs"u8, heard.Runs);
        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, ReadOnlySpan<byte> kind)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, kind);
    }

    // Before there were queued runs and a history, one instant at most became a run, and one number told who had heard.
    private static bool LeadForward(JsonObject entry)
    {
        switch ((string?)entry["kind"])
        {
            case "settled":
                JsonNode? started = entry["started"];
                entry["started"] = started is null ? new JsonArray() : new JsonArray(started.DeepClone());
                return started is null or JsonValue;
            case "heard" when entry["number"] is { } number:
                entry["attention"] = number.DeepClone();
                entry["membership"] = 0;
                entry["runs"] = 0;
                return entry.Remove("number");
            default:
                return false;
        }
    }
}
