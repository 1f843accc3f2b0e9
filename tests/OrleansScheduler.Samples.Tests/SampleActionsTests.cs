using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Samples.Earthquakes;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class SampleActionsTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<ActionDefinition> Actions = [.. SampleDefinitions.File.Actions.Select(action => action.Definition)];

    [Fact]
    public void There_are_more_than_fifty()
    {
        output.WriteLine($"{Actions.Length} actions");

        Assert.Equal((4 * 19) + 1 + 8 + 2 + 2, Actions.Length);
        Assert.Equal(["report", "summary"], Actions.Where(action => action.Kind == ActionKind.Effect).Select(action => action.Name));
    }

    [Fact]
    public void They_cover_the_regions_of_the_data_file()
    {
        string[] Of(string name) => [.. ((JsonArray)((JsonObject)Actions.Single(action => action.Name == name).Payload!)["regions"]!).Items.Select(region => region.AsText())];

        Assert.Equal(SampleFile.Data.BigRegions, Of("ranking"));
        Assert.Equal(SampleFile.Data.BigRegions, Of("summary"));
        Assert.Equal(SampleFile.Data.SmallRegions, Of("bands other"));
        Assert.Equal([.. SampleFile.Data.BigRegions, .. SampleFile.Data.SmallRegions], Of("hourly rate"));
        foreach (string kind in new[] { "count", "strongest", "mean depth", "bands" })
        {
            Assert.Equal(
                SampleFile.Data.BigRegions.Select(region => $"{kind} {region}"),
                Actions.Select(action => action.Name).Where(name => name.StartsWith($"{kind} ", StringComparison.Ordinal) && name != "bands other"));
        }
    }

    [Fact]
    public void Each_has_a_name_of_its_own() =>
        Assert.Equal(Actions.Length, Actions.Select(action => action.Name).Where(ActionId.IsName).Distinct().Count());

    [Fact]
    public void None_reads_what_it_writes() =>
        Assert.DoesNotContain(Actions, action => Overlap.Any(action.Inputs, action.Outputs));

    [Fact]
    public void No_two_write_the_same()
    {
        var outputs = Actions.SelectMany(action => action.Outputs).ToArray();

        Assert.Equal(Actions.Length - 2, outputs.Length);
        Assert.All(outputs, one => Assert.Single(outputs, other => Overlap.Any([one], [other])));
    }

    [Fact]
    public void They_keep_the_limits_of_a_definition() =>
        Assert.All(Actions, action => Assert.InRange(action.Inputs.Length, 1, 100));

    [Fact]
    public async Task Declared_inputs_and_outputs_are_the_real_ones()
    {
        using var world = new SampleWorld(SampleFile.Data);
        await world.FeedAsync(SampleFile.Data.Quakes.Length);

        await world.SettleAsync();

        foreach (var action in Actions)
        {
            var run = world.Runs[action.Name];
            var reads = run.Reads.Select(read => read.Address).Where(read => !IsOfQuake(read));
            Assert.All(reads, read => Assert.Contains(action.Inputs, input => input.IsPrefixOf(read)));
            Assert.All(action.Inputs, input => Assert.Contains(run.Reads, read => input.IsPrefixOf(read.Address)));
            Assert.Equal(action.Outputs, run.Writes.Select(write => write.Address));
        }
    }

    private static bool IsOfQuake(Address address) => address.ToString().StartsWith("quake.", StringComparison.Ordinal);
}
