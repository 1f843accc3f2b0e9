using System.Globalization;
using System.Text.Json;

namespace OrleansScheduler.Core.Archives;

/// <summary>One line as JSON: its members, strictly.</summary>
/// <param name="number">The number of the line, from 1.</param>
/// <param name="root">The object.</param>
internal readonly struct ArchiveLine(long number, JsonElement root)
{
    /// <summary>What kind of line it is.</summary>
    public string Kind => Text("line");

    /// <summary>The object of a line.</summary>
    /// <exception cref="Errors.SchedulerException"><c>archive_invalid</c>.</exception>
    public static JsonDocument Parse(long number, ReadOnlyMemory<byte> utf8)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }
        }
        catch (JsonException fault)
        {
            throw ArchiveFault.Invalid(number, "a JSON object", fault);
        }

        document.Dispose();
        throw ArchiveFault.Invalid(number, "a JSON object");
    }

    public string Text(string name, int charactersMax = int.MaxValue)
    {
        try
        {
            return Find(name) is { ValueKind: JsonValueKind.String } member && member.GetString() is { } text && text.Length <= charactersMax
                ? text
                : throw Expected($"'{name}' to be a text of at most {charactersMax} characters");
        }
        catch (InvalidOperationException fault)
        {
            // Half of a surrogate pair.
            throw ArchiveFault.Invalid(number, $"'{name}' to be a text", fault);
        }
    }

    public long Number(string name, long min, long max = long.MaxValue) =>
        Find(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out long value) && value >= min && value <= max
            ? value
            : throw Expected(string.Create(CultureInfo.InvariantCulture, $"'{name}' to be a whole number from {min}{(max < long.MaxValue ? $" to {max}" : "")}"));

    public DateTimeOffset? Instant(string name) => Find(name) is not { } member
        ? null
        : member.ValueKind == JsonValueKind.String && member.TryGetDateTimeOffset(out DateTimeOffset at) && at.Offset == TimeSpan.Zero
            ? at
            : throw Expected($"'{name}' to be an instant in UTC");

    public byte[] Content() =>
        Find("content") is { ValueKind: JsonValueKind.String } member && member.TryGetBytesFromBase64(out byte[]? bytes)
            ? bytes
            : throw Expected("'content' in base64");

    public bool Has(string name) => Find(name) is not null;

    public JsonElement.ArrayEnumerator Items(string name) => Find(name) is { ValueKind: JsonValueKind.Array } member
        ? member.EnumerateArray()
        : throw Expected($"'{name}' to be an array");

    /// <summary>Refuses members that are not named, and those that come twice.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        int seen = 0;
        foreach (JsonProperty member in root.EnumerateObject())
        {
            int at = names.IndexOf(member.Name);
            if (at < 0 || (seen & (1 << at)) != 0)
            {
                throw Expected($"no member '{member.Name}'{(at < 0 ? "" : " twice")}");
            }

            seen |= 1 << at;
        }
    }

    public Errors.SchedulerException Expected(string what) => ArchiveFault.Invalid(number, what);

    private JsonElement? Find(string name) => root.TryGetProperty(name, out JsonElement member) ? member : null;
}
