using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonPathTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("/", 1)]
    [InlineData("//", 2)]
    [InlineData("[0]", 1)]
    [InlineData("/features[3]/mag", 3)]
    [InlineData("/a]b", 1)]
    [InlineData("/~0~1~2", 1)]
    [InlineData("[0][2147483646]", 2)]
    [InlineData("[1]/", 2)]
    public void Texts_give_themselves_back(string text, int length)
    {
        var path = JsonPath.Parse(text);

        Assert.Equal(length, path.Length);
        Assert.Equal(text, JsonPath.Root.Then(path).ToString());
    }

    [Theory]
    [InlineData("a", 0)]
    [InlineData("/a~", 2)]
    [InlineData("/a~3", 2)]
    [InlineData("/a[", 2)]
    [InlineData("/a[]", 3)]
    [InlineData("/a[01]", 3)]
    [InlineData("/a[-1]", 3)]
    [InlineData("/a[+1]", 3)]
    [InlineData("/a[ 1]", 3)]
    [InlineData("/a[x]", 3)]
    [InlineData("/a[2147483647]", 3)]
    [InlineData("/a[99999999999]", 3)]
    [InlineData("/a[0]b", 5)]
    public void Faults_are_reported_at_their_position(string text, int position)
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonPath.Parse(text));

        Assert.Equal(ErrorCodes.PathInvalid, fault.Code);
        Assert.Equal(position, int.Parse(fault.Details["position"], CultureInfo.InvariantCulture));
        Assert.False(JsonPath.TryParse(text, out _));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonPath.Parse("/b/\ud800"));

        Assert.Equal((ErrorCodes.PathInvalid, "3"), (fault.Code, fault.Details["position"]));
    }

    [Fact]
    public void Random_nasty_steps_survive_text_and_json() => Seeded.Rounds(5_000, random =>
    {
        var path = RandomPath(random);

        var fromText = JsonPath.Parse(path.ToString());
        var fromJson = JsonSerializer.Deserialize<JsonPath>(JsonSerializer.Serialize(path))!;

        Assert.Equal(path, fromText);
        Assert.Equal(path, fromJson);
        Assert.Equal(path.GetHashCode(), fromText.GetHashCode());
        Assert.Equal(path.Steps, fromText.Steps);
        Assert.Equal(path.ToString(), string.Concat(path.Steps));
    });

    [Fact]
    public void Different_steps_have_different_texts() => Seeded.Rounds(5_000, random =>
    {
        var (a, b) = (RandomPath(random, 2), RandomPath(random, 2));

        Assert.Equal(a.Steps.SequenceEqual(b.Steps), a.ToString() == b.ToString());
        Assert.Equal(a.Steps.SequenceEqual(b.Steps), a.Equals(b));
        Assert.Equal(a.Equals(b), a.CompareTo(b) == 0);
        Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
    });

    [Fact]
    public void Prefixes_include_the_path_itself_and_come_directly_before_what_is_below()
    {
        var sorted = new[] { "/b", "/a/x", "/a", "", "[10]", "[9]", "/a[0]", "/a/", "/ab" }.Select(JsonPath.Parse).Order().ToArray();

        Assert.Equal(["", "[9]", "[10]", "/a", "/a[0]", "/a/", "/a/x", "/ab", "/b"], sorted.Select(path => path.ToString()));
        Assert.True(JsonPath.Parse("/a").IsPrefixOf(JsonPath.Parse("/a")));
        Assert.True(JsonPath.Parse("/a").IsPrefixOf(JsonPath.Parse("/a[0]")));
        Assert.True(JsonPath.Root.IsPrefixOf(JsonPath.Parse("/a")));
        Assert.False(JsonPath.Parse("/a").IsPrefixOf(JsonPath.Parse("/ab")));
        Assert.False(JsonPath.Parse("/a[0]").IsPrefixOf(JsonPath.Parse("/a")));
    }

    [Fact]
    public void Keys_and_indexes_of_one_spelling_differ()
    {
        Assert.NotEqual(PathStep.OfKey("0"), PathStep.OfIndex(0));
        Assert.NotEqual(JsonPath.Root.Then("0"), JsonPath.Root.Then(0));
        Assert.Throws<InvalidOperationException>(() => PathStep.OfKey("0").Index);
        Assert.Throws<InvalidOperationException>(() => PathStep.OfIndex(0).Key);
    }

    [Fact]
    public void Unset_steps_throw_when_used()
    {
        Assert.Throws<InvalidOperationException>(() => default(PathStep).IsKey);
        Assert.Throws<InvalidOperationException>(() => default(PathStep).Key);
        Assert.Throws<InvalidOperationException>(() => default(PathStep).Index);
        Assert.Throws<InvalidOperationException>(() => default(PathStep).ToString());
        Assert.Throws<InvalidOperationException>(() => JsonPath.Root.Then(default(PathStep)));
        Assert.Throws<InvalidOperationException>(() => JsonPath.Of(default(PathStep)));
    }

    [Fact]
    public void Steps_and_keys_are_limited()
    {
        var longest = JsonPath.Of(Enumerable.Repeat(PathStep.OfIndex(0), 64).ToArray());
        var key = new string('k', 1024);

        Assert.Equal(longest, JsonPath.Parse(longest.ToString()));
        Assert.Equal(ErrorCodes.PathInvalid, Assert.Throws<SchedulerException>(() => longest.Then(0)).Code);
        Assert.Equal(ErrorCodes.PathInvalid, Assert.Throws<SchedulerException>(() => JsonPath.Parse(longest + "[0]")).Code);
        Assert.Equal(key, JsonPath.Parse("/" + key)[0].Key);
        Assert.Equal(ErrorCodes.PathInvalid, Assert.Throws<SchedulerException>(() => JsonPath.Parse("/" + key + "k")).Code);
        Assert.Equal(ErrorCodes.PathInvalid, Assert.Throws<SchedulerException>(() => PathStep.OfKey(key + "k")).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => PathStep.OfIndex(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => PathStep.OfIndex(-1));
    }

    internal static JsonPath RandomPath(Random random, int stepsMax = 6)
    {
        var path = JsonPath.Root;
        for (var i = random.Next(stepsMax + 1); i > 0; i--)
        {
            path = random.Next(3) == 0 ? path.Then(random.Next(2) * random.Next()) : path.Then(NastyText(random, 4));
        }

        return path;
    }

    internal static string NastyText(Random random, int partsMax)
    {
        string[] parts = ["~", "/", "[", "]", "0", "1", "2", "~0", "~1", "~2", "[0]", "é", "\U0001F600", "\"", "\\", "\0", " ", "%2F", "a"];
        return string.Concat(Enumerable.Range(0, random.Next(partsMax + 1)).Select(_ => parts[random.Next(parts.Length)]));
    }
}

file static class PathExtensions
{
    public static JsonPath Then(this JsonPath path, JsonPath rest) => rest.Steps.Aggregate(path, (whole, step) => whole.Then(step));
}
