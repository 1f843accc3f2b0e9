using System.Text;
using OrleansScheduler.Samples.Earthquakes;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class EarthquakeDataTests
{
    private static EarthquakeData Data => SampleFile.Data;

    [Fact]
    public void The_file_holds_a_week_of_distinct_quakes()
    {
        Assert.Equal(1707, Data.Quakes.Length);
        Assert.Equal(1707, Data.Quakes.Select(quake => quake.Id).Distinct().Count());
        Assert.Equal(168, Math.Round((Data.Quakes[^1].Time - Data.Quakes[0].Time).TotalHours));
        Assert.Equal(-0.8m, Data.Quakes.Min(quake => quake.Magnitude));
        Assert.Equal(6.4m, Data.Quakes.Max(quake => quake.Magnitude));
    }

    [Fact]
    public void Quakes_come_oldest_first()
    {
        Assert.Equal(Data.Quakes.OrderBy(quake => quake.Time), Data.Quakes);
        Assert.Equal("ci37868143", Data.Quakes[^1].Id);
    }

    [Fact]
    public void Regions_are_split_by_their_number_of_quakes()
    {
        Assert.Equal(19, Data.BigRegions.Length);
        Assert.Equal(55, Data.SmallRegions.Length);
        Assert.Equal(747, Data.Quakes.Count(quake => quake.Region == "CA"));
        Assert.Equal(311, Data.Quakes.Count(quake => quake.Region == "Alaska"));
        Assert.Equal(183, Data.Quakes.Count(quake => quake.Region == "Nevada"));
        Assert.Contains("Greenland", Data.BigRegions);
        Assert.Contains("Japan", Data.SmallRegions);
    }

    [Theory]
    [InlineData("4km W of Castaic, CA", "CA")]
    [InlineData("9km ESE of A, B,  Puerto Rico ", "Puerto Rico")]
    [InlineData("Southern Mid-Atlantic Ridge", "Southern Mid-Atlantic Ridge")]
    [InlineData("somewhere,", "Unknown")]
    [InlineData("", "Unknown")]
    public void The_region_is_what_follows_the_last_comma(string place, string region) =>
        Assert.Equal(region, new Earthquake("a", 1, place, DateTimeOffset.UnixEpoch, 1, 0, 0).Region);

    [Fact]
    public void Magnitude_depth_and_place_may_be_unknown()
    {
        var data = Parse("""
            {"features":[{"id":"a","properties":{"mag":null,"place":null,"time":1500},"geometry":{"coordinates":[1.5,-2,null]}}]}
            """);

        Assert.Equal(
            new Earthquake("a", null, "", DateTimeOffset.UnixEpoch.AddSeconds(1.5), null, -2m, 1.5m),
            Assert.Single(data.Quakes));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"features":[{"id":"a","properties":{"mag":1,"place":"b"},"geometry":{"coordinates":[1,2,3]}}]}""")]
    [InlineData("""{"features":[{"id":7,"properties":{"mag":1,"place":"b","time":1},"geometry":{"coordinates":[1,2,3]}}]}""")]
    [InlineData("""{"features":[{"id":"a","properties":{"mag":"big","place":"b","time":1},"geometry":{"coordinates":[1,2,3]}}]}""")]
    public void Another_file_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Parse(text));

    [Fact]
    public void A_file_is_parsed_once()
    {
        var options = new SampleOptions { Folder = "unused" };

        Assert.Same(options.Data, options.Data);
    }

    private static EarthquakeData Parse(string text) => EarthquakeData.Parse(Encoding.UTF8.GetBytes(text));
}
