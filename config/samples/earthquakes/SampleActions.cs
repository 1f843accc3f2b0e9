using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Samples.Earthquakes.Magnitudes;

namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>The definitions of the sample's actions.</summary>
internal static class SampleActions
{
    /// <summary>The small regions taken together.</summary>
    private const string OtherGroup = "other";

    private const int InputsMax = 100;

    // A first run has nothing prefetched and reads the 747 quakes of California one by one; the default of 1 s is short for that
    // when the space lives on another machine.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    public static ImmutableArray<ActionDefinition> Of(EarthquakeData data)
    {
        ImmutableArray<string> groups = [.. data.BigRegions, OtherGroup];
        return
        [
            .. data.BigRegions.SelectMany(OfRegion),
            Bands(OtherGroup, data.SmallRegions),
            .. MagnitudeBands.Names.Select(band => Band(band, groups)),
            Rate([.. data.BigRegions, .. data.SmallRegions]),
            Ranking(data.BigRegions),
            Effect("report", HandlerNames.Report, [SampleAddresses.Ranking], payload: null),
            Summary(data.BigRegions),
        ];
    }

    private static IEnumerable<ActionDefinition> OfRegion(string region)
    {
        yield return OfRegion("count", HandlerNames.Count, region, SampleAddresses.CountOf(region));
        yield return OfRegion("strongest", HandlerNames.Strongest, region, SampleAddresses.StrongestOf(region));
        yield return OfRegion("mean depth", HandlerNames.MeanDepth, region, SampleAddresses.MeanDepthOf(region));
        yield return Bands(region, [region]);
    }

    /// <summary>The quakes that it reads too cannot be told beforehand; the feeder commits them together with the index.</summary>
    private static ActionDefinition OfRegion(string what, string handler, string region, Address output) =>
        Computation($"{what} {region}", handler, [SampleAddresses.Index(region)], output, SamplePayload.Of(region));

    private static ActionDefinition Bands(string group, ImmutableArray<string> regions) => Computation(
        $"bands {group}",
        HandlerNames.Bands,
        regions.Select(SampleAddresses.Index),
        SampleAddresses.BandsOf(group),
        SamplePayload.Of(group, regions));

    private static ActionDefinition Band(string band, ImmutableArray<string> groups) => Computation(
        $"band {band}",
        HandlerNames.Band,
        groups.Select(group => SampleAddresses.BandsOf(group).Member(band)),
        SampleAddresses.BandOf(band),
        SamplePayload.Of(band, groups));

    private static ActionDefinition Rate(ImmutableArray<string> regions) => Computation(
        "hourly rate",
        HandlerNames.Rate,
        regions.Select(SampleAddresses.Index),
        SampleAddresses.Rate,
        SamplePayload.Of(regions));

    private static ActionDefinition Ranking(ImmutableArray<string> regions) => Computation(
        "ranking",
        HandlerNames.Ranking,
        [
            .. regions.Select(region => SampleAddresses.CountOf(region).Member("count")),
            .. regions.Select(region => SampleAddresses.StrongestOf(region).Member("mag")),
        ],
        SampleAddresses.Ranking,
        SamplePayload.Of(regions));

    private static ActionDefinition Summary(ImmutableArray<string> regions) => Effect(
        "summary",
        HandlerNames.Summary,
        [
            SampleAddresses.Rate,
            .. MagnitudeBands.Names.Select(SampleAddresses.BandOf),
            .. regions.Select(SampleAddresses.MeanDepthOf),
        ],
        SamplePayload.Of(regions));

    private static ActionDefinition Computation(
        string name, string handler, IEnumerable<Address> inputs, Address output, JsonValue payload) =>
        new(name, handler, ActionKind.Computation, Declared(inputs), [output], payload, TimeLimit);

    private static ActionDefinition Effect(string name, string handler, IEnumerable<Address> inputs, JsonValue? payload) =>
        new(name, handler, ActionKind.Effect, Declared(inputs), [], payload);

    /// <summary>Inputs only order the first runs, so another file with more regions may leave some out.</summary>
    private static ImmutableArray<Address> Declared(IEnumerable<Address> inputs) => [.. inputs.Take(InputsMax)];
}
