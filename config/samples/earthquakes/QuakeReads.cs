using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>The reads that several handlers have in common.</summary>
internal static class QuakeReads
{
    /// <summary>The ids of a region's quakes in ordinal order; none before the first quake.</summary>
    /// <remarks>Reads the shape only: a corrected time concerns nobody who just wants to know which quakes there are.</remarks>
    public static async ValueTask<ImmutableArray<string>> ReadIdsAsync(this IRunContext context, string region) =>
        await context.ReadShapeAsync(SampleAddresses.Index(region)) is { } shape ? shape.Keys : [];

    /// <summary>A number; null when there is none, because it is unknown or somebody put something else there.</summary>
    public static async ValueTask<decimal?> ReadNumberAsync(this IRunContext context, Address address) =>
        await context.ReadAsync(address) is JsonNumber number && number.TryGetDecimal(out var value) ? value : null;

    /// <summary>The numbers at some place of each quake of a region, without the unknown ones.</summary>
    public static async ValueTask<ImmutableArray<KeyValuePair<string, decimal>>> ReadNumbersAsync(
        this IRunContext context, string region, Func<string, Address> addressOf)
    {
        var numbers = ImmutableArray.CreateBuilder<KeyValuePair<string, decimal>>();
        foreach (var id in await context.ReadIdsAsync(region))
        {
            if (await context.ReadNumberAsync(addressOf(id)) is { } number)
            {
                numbers.Add(KeyValuePair.Create(id, number));
            }
        }

        return numbers.DrainToImmutable();
    }
}
