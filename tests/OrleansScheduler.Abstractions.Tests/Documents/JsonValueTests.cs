using System.Text;
using System.Text.Json;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonValueTests
{
    [Fact]
    public void Same_and_hashes_agree_with_an_independent_definition() => Seeded.Rounds(20_000, random =>
    {
        var a = JsonValue.Parse(RandomTrees.Text(random));
        var b = RandomTrees.Neighbour(random, a);
        var expected = RandomTrees.Canonical(a) == RandomTrees.Canonical(b);

        // The hashes are unknown the first time and known the second time: both ways must agree.
        Assert.Equal(expected, JsonValue.Same(a, b));
        Assert.Equal(expected, a.Hash == b.Hash);
        Assert.Equal(expected, JsonValue.Same(a, b));
        Assert.Equal(expected, a.Equals(b));
    });

    [Fact]
    public void Shapes_and_their_hashes_agree_with_an_independent_definition() => Seeded.Rounds(20_000, random =>
    {
        var a = JsonValue.Parse(RandomTrees.Text(random));
        var b = RandomTrees.Neighbour(random, a);
        var expected = Shape(a) == Shape(b);

        Assert.Equal(expected, JsonValue.SameShape(a, b));
        Assert.Equal(expected, a.ShapeHash == b.ShapeHash);
    });

    [Fact]
    public void Hashes_of_different_kinds_and_shapes_never_meet()
    {
        JsonValue?[] values =
        [
            null, JsonNull.Instance, true, false, 0, "", "0", "null", JsonArray.Empty, JsonObject.Empty,
            JsonArray.Of(JsonArray.Empty), JsonArray.Of(JsonArray.Empty, JsonArray.Empty), JsonObject.Of(("", JsonNull.Instance)),
            JsonObject.Of(("a", ""), ("b", "")), JsonObject.Of(("ab", ""), ("", "")), "a", "aa",
        ];

        var hashes = values.Select(JsonValue.HashOf).Concat(values.OfType<JsonArray>().Select(value => value.ShapeHash))
            .Concat(values.OfType<JsonObject>().Select(value => value.ShapeHash)).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void Absent_is_the_same_as_absent_only()
    {
        Assert.True(JsonValue.Same(null, null));
        Assert.False(JsonValue.Same(null, JsonNull.Instance));
        Assert.False(JsonValue.SameShape(JsonNull.Instance, null));
        Assert.Equal(JsonValue.HashOf(null), JsonValue.ShapeHashOf(null));
        Assert.NotEqual(JsonValue.HashOf(null), JsonValue.HashOf(JsonNull.Instance));
    }

    // Stored observations hold hashes: if this test fails, every one of them has become worthless.
    [Theory]
    [InlineData("null", "4bf5122f344554c53bde2ebb8cd2b7e3", "4bf5122f344554c53bde2ebb8cd2b7e3")]
    [InlineData("true", "084fed08b978af4d7d196a7446a86b58", "084fed08b978af4d7d196a7446a86b58")]
    [InlineData("-12.50", "16e22b3962a5fee0a52e57a470072ba9", "16e22b3962a5fee0a52e57a470072ba9")]
    [InlineData("\"é\"", "a5dbe623fc04669ba2618875863f4599", "a5dbe623fc04669ba2618875863f4599")]
    [InlineData("[1,[]]", "ac6142a670a1cec48c6942839f13fb57", "9a80ce1e127412c2bdf1254ed4249672")]
    [InlineData("{\"b\":[],\"a\":{}}", "82de60362d2a6820d5d12e58e5a981e6", "2dbadc96a092e6e7224ef6401a28f007")]
    public void Hashes_stay_what_they_are_across_versions(string text, string hash, string shapeHash)
    {
        var value = JsonValue.Parse(text);

        Assert.Equal(hash, value.Hash.ToString());
        Assert.Equal(shapeHash, value.ShapeHash.ToString());
    }

    [Fact]
    public void Long_scalars_inside_arrays_enter_as_hashes_across_versions()
    {
        var texts = JsonArray.Of(JsonNull.Instance, true, false, "é", new string('é', 65));
        var numbers = JsonArray.Of(JsonValue.Parse(string.Concat(Enumerable.Repeat("12", 40))), JsonValue.Parse("-0." + new string('0', 300)));

        Assert.Equal("7b4e70282023b599b1be5290b23b1821", texts.Hash.ToString());
        Assert.Equal("0a9c0cfb4b9cf93a8a8c4524e3cb19cc", numbers.Hash.ToString());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(5000)]
    public void Long_texts_hash_as_their_utf8_does_in_one_piece(int chars)
    {
        var text = string.Concat(Enumerable.Range(0, chars).Select(i => i % 3 == 0 ? "é" : i % 3 == 1 ? "\U0001F600" : "x"));
        byte[] form = [CanonicalHasher.StringTag, .. Encoding.UTF8.GetBytes(text)];

        var hash = JsonString.Of(text).Hash;

        Assert.Equal(ContentHash.OfDigest(System.Security.Cryptography.SHA256.HashData(form)), hash);
    }

    [Fact]
    public void Writing_and_reading_gives_the_same_value_back() => Seeded.Rounds(5_000, random =>
    {
        var value = JsonValue.Parse(RandomTrees.Text(random));

        var fromText = JsonValue.Parse(value.ToString());
        var fromBytes = JsonValue.Parse(value.ToUtf8(), JsonLimits.Default);

        Assert.True(JsonValue.Same(value, fromText));
        Assert.True(JsonValue.Same(value, fromBytes));
        Assert.Equal(value.ToString(), fromText.ToString());
    });

    [Fact]
    public void Output_is_compact_with_sorted_keys_and_few_escapes()
    {
        var value = JsonValue.Parse("""{ "b" : [ 1.0 , null ], "a" : "é<\"\u0001\ud83d\ude00" }""");

        var text = value.ToString();

        Assert.Equal("""{"a":"é<\"\u0001😀","b":[1.0,null]}""", text.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal));
    }

    [Fact]
    public void Large_output_leaves_the_next_one_intact()
    {
        var large = JsonString.Of(new string('x', 200_000));

        var length = large.ToUtf8().Length;

        Assert.Equal(200_002, length);
        Assert.Equal("[1]", JsonArray.Of(1).ToString());
    }

    [Fact]
    public void Children_are_found_by_steps_of_the_right_type_only()
    {
        var value = JsonValue.Parse("""{"0":[10,{"x":true}],"n":null}""");

        Assert.Equal("true", value.At(JsonPath.Parse("/0[1]/x"))!.ToString());
        Assert.Same(value, value.At(JsonPath.Root));
        Assert.Same(JsonNull.Instance, value.At(JsonPath.Parse("/n")));
        Assert.Null(value.Child(PathStep.OfIndex(0)));
        Assert.Null(value.At(JsonPath.Parse("/0/0")));
        Assert.Null(value.At(JsonPath.Parse("/0[2]")));
        Assert.Null(value.At(JsonPath.Parse("/n/x/y")));
        Assert.Throws<InvalidOperationException>(() => value.Child(default));
    }

    [Fact]
    public void Typed_access_names_the_kind_that_does_not_fit()
    {
        JsonValue value = "text";

        Assert.Equal("text", value.AsText());
        Assert.True(((JsonValue)true).AsBoolean());
        Assert.Contains("String", Assert.Throws<InvalidOperationException>(() => value.AsBoolean()).Message, StringComparison.Ordinal);
        Assert.Contains("Null", Assert.Throws<InvalidOperationException>(() => JsonNull.Instance.AsText()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_in_texts_and_keys()
    {
        var inText = Assert.Throws<SchedulerException>(() => JsonString.Of("a\ud800"));
        var inKey = Assert.Throws<SchedulerException>(() => JsonObject.Empty.With("\udc00b", 1));

        Assert.Equal((ErrorCodes.JsonMalformed, "1"), (inText.Code, inText.Details["position"]));
        Assert.Equal(ErrorCodes.JsonMalformed, inKey.Code);
        Assert.Equal("\U0001F600", JsonString.Of("\U0001F600").Text);
    }

    [Fact]
    public void Trees_beyond_the_stack_fail_without_ending_the_process()
    {
        JsonValue Nested()
        {
            JsonValue value = 1;
            for (var i = 0; i < 1_000_000; i++)
            {
                value = JsonArray.Of(value);
            }

            return value;
        }

        var (a, b) = (Nested(), Nested());

        Assert.Throws<InsufficientExecutionStackException>(() => JsonValue.Same(a, b));
        Assert.Throws<InsufficientExecutionStackException>(() => a.Hash);
        Assert.ThrowsAny<Exception>(() => a.ToString());
    }

    [Fact]
    public void Trees_are_safe_for_many_threads()
    {
        var text = RandomTrees.Text(new Random(1), depthMax: 6);
        var expected = JsonValue.Parse(text).Hash;

        for (var round = 0; round < 200; round++)
        {
            var shared = JsonValue.Parse(text);
            Parallel.For(0, 8, _ => Assert.Equal(expected, shared.Hash));
        }
    }

    private static string Shape(JsonValue value) => value switch
    {
        JsonArray node => $"array {node.Count}",
        JsonObject node => "object " + string.Join('|', node.Keys.Select(key => JsonSerializer.Serialize(key))),
        _ => RandomTrees.Canonical(value),
    };
}
