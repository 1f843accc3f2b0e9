using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>What one call of the handler of an action saw, noted by the handler itself.</summary>
/// <param name="code">The version of the code that it is.</param>
/// <param name="startedAt">When it was started.</param>
internal sealed class HandlerCall(string code, DateTimeOffset startedAt)
{
    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>The version of the code that it is.</summary>
    public string Code { get; } = code;

    /// <summary>What it read, in that order.</summary>
    public List<SeenValue> Seen { get; } = [];

    /// <summary>Whether it has come to its end without a failure.</summary>
    public bool HasReturned { get; set; }

    /// <summary>Reads, and notes what it was told.</summary>
    public async Task ReadAsync(IRunContext context, ReadTarget target)
    {
        if (target.Depth == ReadDepth.Deep)
        {
            JsonValue? value = await context.ReadAsync(target.Address);
            Seen.Add(new SeenValue(target, JsonValue.HashOf(value), DocumentAccount.TextOf(value), value is JsonNumber ? value.AsInt64() : 0));
        }
        else
        {
            JsonShape? shape = await context.ReadShapeAsync(target.Address);
            Seen.Add(new SeenValue(target, JsonValue.ShapeHashOf(Like(shape)), DocumentAccount.TextOf(shape), shape?.Length ?? 0));
        }
    }

    /// <summary>The number that it saw; what it did not look at is a number that nobody writes.</summary>
    public long NumberAt(ReadTarget target) => Seen.Find(seen => seen.Target == target)?.Number ?? -1_000_000;

    /// <summary>Whether all that it saw is among what is stored of a run.</summary>
    public bool IsAmong(IEnumerable<ConfirmedRead> reads) => Seen.TrueForAll(seen => reads.Any(
        read => read.Address.Equals(seen.Target.Address) && read.Depth == seen.Target.Depth && read.Hash == seen.Hash));

    // Any value of that shape.
    private static JsonValue? Like(JsonShape? shape) => shape switch
    {
        null => null,
        { Kind: JsonKind.Object } => JsonObject.FromPairs(shape.Keys.Select(key => KeyValuePair.Create(key, (JsonValue)0))),
        { Kind: JsonKind.Array } => JsonArray.FromItems([.. Enumerable.Repeat((JsonValue)0, shape.Length)]),
        _ => shape.Scalar,
    };

    /// <summary>A value as a handler saw it.</summary>
    /// <param name="Target">Where.</param>
    /// <param name="Hash">The hash of the value or of the shape.</param>
    /// <param name="Text">The value or the shape; null when nothing was there.</param>
    /// <param name="Number">The number, or the length of the shape.</param>
    internal sealed record SeenValue(ReadTarget Target, ContentHash Hash, string? Text, long Number);
}
