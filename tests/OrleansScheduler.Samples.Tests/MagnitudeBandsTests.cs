using System.Globalization;
using OrleansScheduler.Samples.Earthquakes.Magnitudes;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class MagnitudeBandsTests
{
    [Theory]
    [InlineData("-79228162514264337593543950335", "<0")]
    [InlineData("-0.01", "<0")]
    [InlineData("0", "0-1")]
    [InlineData("0.99", "0-1")]
    [InlineData("1", "1-2")]
    [InlineData("5.99", "5-6")]
    [InlineData("6", "6+")]
    [InlineData("79228162514264337593543950335", "6+")]
    public void Each_magnitude_has_one_band(string magnitude, string band) =>
        Assert.Equal(band, MagnitudeBands.Of(decimal.Parse(magnitude, CultureInfo.InvariantCulture)));
}
