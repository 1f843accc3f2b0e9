using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>Where the sample keeps what. One place, so that declared and real reads agree.</summary>
internal static class SampleAddresses
{
    public static Address Feeder { get; } = At("feeder");

    public static Address Rate { get; } = At("rate");

    public static Address Ranking { get; } = At("ranking");

    public static Address Quake(string id) => At($"quake.{id}");

    public static Address Magnitude(string id) => At($"quake.{id}", "mag");

    public static Address Depth(string id) => At($"quake.{id}", "depth");

    /// <summary>The quakes of a region: the id of each, with its time.</summary>
    public static Address Index(string region) => At($"index.{region}", "quakes");

    public static Address IndexEntry(string region, string id) => At($"index.{region}", "quakes", id);

    public static Address CountOf(string region) => At($"count.{region}");

    public static Address StrongestOf(string region) => At($"strongest.{region}");

    public static Address MeanDepthOf(string region) => At($"depth.{region}");

    public static Address BandsOf(string group) => At($"bands.{group}");

    public static Address BandOf(string band) => At($"band.{band}");

    /// <summary>The member of that name at an address.</summary>
    public static Address Member(this Address address, string key) => address.Then(PathStep.OfKey(key));

    private static Address At(string document, params ReadOnlySpan<string> keys)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>(keys.Length);
        foreach (var key in keys)
        {
            steps.Add(PathStep.OfKey(key));
        }

        return Address.Of(DocumentId.Parse(document), JsonPath.Of(steps.ToArray()));
    }
}
