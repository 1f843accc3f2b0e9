using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class AddressTests
{
    [Fact]
    public void Random_nasty_addresses_survive_text_and_json() => Seeded.Rounds(5_000, random =>
    {
        var address = RandomAddress(random);

        var fromText = Address.Parse(address.ToString());

        Assert.Equal(address, fromText);
        Assert.Equal(address.GetHashCode(), fromText.GetHashCode());
        Assert.Equal(address.ToString(), fromText.ToString());
        Assert.Equal(address, JsonSerializer.Deserialize<Address>(JsonSerializer.Serialize(address)));
        Assert.Equal(address.Document, fromText.Document);
        Assert.Equal(address.Path, fromText.Path);
    });

    [Fact]
    public void Prefix_and_order_are_those_of_the_steps_from_the_root() => Seeded.Rounds(5_000, random =>
    {
        var a = RandomAddress(random);
        var b = random.Next(2) == 0 ? RandomAddress(random) : a.Document is { } document ? Address.Of(document) : a;

        Assert.Equal(a.FromRoot.IsPrefixOf(b.FromRoot), a.IsPrefixOf(b));
        Assert.Equal(a.FromRoot.Equals(b.FromRoot), a.Equals(b));
        Assert.Equal(Math.Sign(a.FromRoot.CompareTo(b.FromRoot)), Math.Sign(a.CompareTo(b)));
    });

    [Fact]
    public void The_space_has_the_empty_text_and_is_a_prefix_of_all()
    {
        var inside = Address.Of(DocumentId.Parse("quakes"), JsonPath.Parse("/features[3]/mag"));

        Assert.Same(Address.OfSpace, Address.Parse(""));
        Assert.Null(Address.OfSpace.Document);
        Assert.Equal("", Address.OfSpace.ToString());
        Assert.Equal("quakes/features[3]/mag", inside.ToString());
        Assert.True(Address.OfSpace.IsPrefixOf(inside));
        Assert.False(inside.IsPrefixOf(Address.OfSpace));
        Assert.Equal("/quakes/features[3]/mag", inside.FromRoot.ToString());
        Assert.Same(inside.FromRoot, inside.FromRoot);
    }

    [Fact]
    public void Steps_lead_down_from_the_space()
    {
        var address = Address.OfSpace.Then(PathStep.OfKey("a[b")).Then(PathStep.OfIndex(0));

        Assert.Equal("a~2b[0]", address.ToString());
        Assert.Throws<SchedulerException>(() => Address.OfSpace.Then(PathStep.OfIndex(0)));
        Assert.Throws<SchedulerException>(() => Address.OfSpace.Then(PathStep.OfKey("a/b")));
    }

    [Theory]
    [InlineData("/a", 0)]
    [InlineData("[0]", 0)]
    [InlineData("a~1b", 1)]
    [InlineData("a~", 1)]
    [InlineData("a\u0007/b", 1)]
    [InlineData("doc/b[x]", 6)]
    public void Faults_are_reported_at_their_position(string text, int position)
    {
        var fault = Assert.Throws<SchedulerException>(() => Address.Parse(text));

        Assert.Equal(ErrorCodes.PathInvalid, fault.Code);
        Assert.Equal(position, int.Parse(fault.Details["position"], CultureInfo.InvariantCulture));
        Assert.False(Address.TryParse(text, out _));
    }

    [Fact]
    public void The_longest_path_fits_below_a_document()
    {
        var path = JsonPath.Of(Enumerable.Repeat(PathStep.OfIndex(0), 64).ToArray());
        var address = Address.Of(DocumentId.Parse("d"), path);

        Assert.Equal(65, address.FromRoot.Length);
        Assert.Equal(address, Address.Parse(address.ToString()));
        Assert.Throws<ArgumentException>(() => Address.Of(DocumentId.Parse("d"), address.FromRoot));
        Assert.Throws<InvalidOperationException>(() => Address.Of(default, path));
    }

    [Fact]
    public void Addresses_can_be_keys_of_serialized_dictionaries()
    {
        var counts = new Dictionary<Address, int> { [Address.OfSpace] = 1, [Address.Parse("a/b")] = 2 };

        var read = JsonSerializer.Deserialize<Dictionary<Address, int>>(JsonSerializer.Serialize(counts));

        Assert.Equal(counts, read);
    }

    private static Address RandomAddress(Random random)
    {
        var id = JsonPathTests.NastyText(random, 3).Replace("/", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        return id.Length == 0 ? Address.OfSpace : Address.Of(DocumentId.Parse(id), JsonPathTests.RandomPath(random, 3));
    }
}
