using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansScheduler.Core.Storage;

namespace OrleansScheduler.Core.Schedules;

/// <summary>The stored form of a schedule's entries: JSON, in which two kinds once looked different.</summary>
internal sealed class ScheduleEntryCodec : IEntryCodec<ScheduleEntry>
{
    private readonly JsonEntryCodec<ScheduleEntry> _json = new();

    public byte Format => _json.Format;

    public void Write(ScheduleEntry entry, IBufferWriter<byte> output) => _json.Write(entry, output);

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
