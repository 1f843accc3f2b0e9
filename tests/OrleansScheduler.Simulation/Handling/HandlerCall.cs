using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>What one call of the handler of an action saw, noted by the handler itself.</summary>
internal sealed class HandlerCall
{
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
            Seen.Add(new SeenValue(target, null, DocumentAccount.TextOf(shape), shape?.Length ?? 0));
        }
    }

    /// <summary>The number that it saw; what it did not look at is a number that nobody writes.</summary>
    public long NumberAt(ReadTarget target) => Seen.Find(seen => seen.Target == target)?.Number ?? -1_000_000;

    /// <summary>Whether all that it saw is among what is stored of a run.</summary>
    public bool IsAmong(IEnumerable<ConfirmedRead> reads) => Seen.TrueForAll(seen => reads.Any(
        read => read.Address.Equals(seen.Target.Address) && read.Depth == seen.Target.Depth && (seen.Hash is null || seen.Hash == read.Hash)));

    /// <summary>A value as a handler saw it.</summary>
    /// <param name="Target">Where.</param>
    /// <param name="Hash">The hash of the value; null for a shape.</param>
    /// <param name="Text">The value or the shape; null when nothing was there.</param>
    /// <param name="Number">The number, or the length of the shape.</param>
    internal sealed record SeenValue(ReadTarget Target, ContentHash? Hash, string? Text, long Number);
}
