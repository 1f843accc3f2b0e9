using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Handling;

/// <summary>What the handlers of actions read, and what follows from it. Handlers and checks ask the same functions.</summary>
internal static class ActionCode
{
    /// <summary>What a handler reads, in that order.</summary>
    public static ImmutableArray<ReadTarget> Reads(string handler, JsonObject payload)
    {
        IEnumerable<ReadTarget> from = ((JsonArray)payload["from"]!).Items.Select(item => new ReadTarget(Address.Parse(item.AsText()), ReadDepth.Deep));
        return handler switch
        {
            "grow" => [.. from, new ReadTarget(To(payload), ReadDepth.Deep)],
            _ when payload["shape"] is { } shape => [.. from, new ReadTarget(Address.Parse(shape.AsText()), ReadDepth.Shallow)],
            _ => [.. from],
        };
    }

    /// <summary>What a handler writes, by a function that tells the number at an address, 0 when nothing is there.</summary>
    public static ImmutableArray<Operation> Writes(string handler, JsonObject payload, Func<ReadTarget, long> numberAt)
    {
        ImmutableArray<ReadTarget> reads = Reads(handler, payload);
        switch (handler)
        {
            case "sum":
                long sum = reads.Sum(numberAt);
                long rest = sum % payload["modulo"]!.AsInt64();
                Operation result = rest == 0 && payload["drops"]!.AsBoolean() ? new RemoveOperation(To(payload)) : new SetOperation(To(payload), rest);
                return payload["side"]!.AsBoolean() ? [result, new SetOperation(Address.Parse($"side/{To(payload).ToString().Split('/')[1]}"), sum)] : [result];
            case "grow":
                return [new SetOperation(To(payload), numberAt(reads[^1]) + 1)];
            case "ring":
                return [new SetOperation(To(payload), Math.Min(numberAt(reads[0]) + 1, 8 * (1 + (numberAt(reads[1]) % 3))))];
            case "spin":
                return [new SetOperation(To(payload), (numberAt(reads[0]) + 1) % 5)];
            case "count":
                return [new SetOperation(To(payload), (numberAt(reads[1]) * 10) + numberAt(reads[0]))];
            default:
                return [];
        }
    }

    private static Address To(JsonObject payload) => Address.Parse(payload["to"]!.AsText());
}
