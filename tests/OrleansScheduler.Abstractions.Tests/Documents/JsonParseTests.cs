using System.Text;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonParseTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("   ", 3)]
    [InlineData("nul", 3)]
    [InlineData("[1,]", 3)]
    [InlineData("{\"a\":1,}", 7)]
    [InlineData("[1 /* no */]", 3)]
    [InlineData("1 // no", 2)]
    [InlineData("1 2", 2)]
    [InlineData("{} x", 3)]
    [InlineData("[1", 2)]
    [InlineData("{\"a\"", 4)]
    [InlineData("{a:1}", 1)]
    [InlineData("'a'", 0)]
    [InlineData("01", 1)]
    [InlineData("1.", 2)]
    [InlineData("-", 1)]
    [InlineData("+1", 0)]
    [InlineData("NaN", 0)]
    [InlineData("\"\t\"", 1)]
    [InlineData("[\n1,\n x]", 6)]
    [InlineData("\"\\ud800\"", 0)]
    [InlineData("[\"\\udc00\\ud800\"]", 1)]
    [InlineData("{\"\\ud800\":1}", 1)]
    [InlineData("\ufeff1", 0)]
    public void Text_that_is_no_json_is_refused_at_its_position(string text, int position)
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonValue.Parse(text));

        Assert.Equal(ErrorCodes.JsonMalformed, fault.Code);
        Assert.Equal(position, int.Parse(fault.Details["position"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        byte[][] inputs = [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xEF, 0xBB, 0xBF, 0x31]];

        Assert.All(inputs, input => Assert.Equal(ErrorCodes.JsonMalformed, CodeOf(() => JsonValue.Parse(input, JsonLimits.Default))));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_the_text_itself_is_refused_at_its_byte()
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonValue.Parse("\"é\ud800\""));

        Assert.Equal((ErrorCodes.JsonMalformed, "3"), (fault.Code, fault.Details["position"]));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":1}", "a")]
    [InlineData("[{\"b\":0,\"a\":1,\"c\":{},\"\\u0061\":2}]", "a")]
    [InlineData("{\"\":1,\"\":2}", "")]
    public void A_key_that_comes_twice_is_refused_by_name(string text, string key)
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonValue.Parse(text));

        Assert.Equal((ErrorCodes.JsonDuplicateKey, key), (fault.Code, fault.Details["key"]));
    }

    [Fact]
    public void A_key_that_comes_twice_is_refused_in_large_objects_too()
    {
        var text = "{" + string.Join(",", Enumerable.Range(0, 100).Append(37).Select(i => $"\"k{i}\":{i}")) + "}";

        var fault = Assert.Throws<SchedulerException>(() => JsonValue.Parse(text));

        Assert.Equal((ErrorCodes.JsonDuplicateKey, "k37"), (fault.Code, fault.Details["key"]));
    }

    [Theory]
    [InlineData("[[[1]]]", null)]
    [InlineData("[{\"a\":[]}]", null)]
    [InlineData("[[[[]]]]", ErrorCodes.JsonTooDeep)]
    [InlineData("{\"a\":{\"a\":{\"a\":{}}}}", ErrorCodes.JsonTooDeep)]
    [InlineData("[[[[[[[[[[[[[[[[", ErrorCodes.JsonTooDeep)]
    public void Depth_counts_nested_containers(string text, string? code) =>
        Assert.Equal(code, CodeOf(() => JsonValue.Parse(text, new JsonLimits { DepthMax = 3 })));

    [Fact]
    public void Default_depth_is_64()
    {
        Assert.Null(CodeOf(() => JsonValue.Parse(new string('[', 64) + new string(']', 64))));
        Assert.Equal(ErrorCodes.JsonTooDeep, CodeOf(() => JsonValue.Parse(new string('[', 65) + new string(']', 65))));
        Assert.Equal(ErrorCodes.JsonTooDeep, CodeOf(() => JsonValue.Parse(new string('[', 1_000_000))));
    }

    [Theory]
    [InlineData("[1,2,3]", null)]
    [InlineData("\"é12345\"", ErrorCodes.JsonTooLarge)]
    [InlineData("\"123456789\"", ErrorCodes.JsonTooLarge)]
    public void Bytes_are_limited(string text, string? code)
    {
        var limits = new JsonLimits { BytesMax = 8 };

        Assert.Equal(code, CodeOf(() => JsonValue.Parse(text, limits)));
        Assert.Equal(code, CodeOf(() => JsonValue.Parse(Encoding.UTF8.GetBytes(text), limits)));
    }

    [Fact]
    public void Values_are_counted_with_their_containers()
    {
        var limits = new JsonLimits { NodesMax = 4 };

        Assert.Null(CodeOf(() => JsonValue.Parse("[1,{\"a\":2}]", limits)));
        Assert.Equal(ErrorCodes.JsonTooLarge, CodeOf(() => JsonValue.Parse("[1,{\"a\":2},3]", limits)));
    }

    [Fact]
    public void Keys_and_numbers_are_limited()
    {
        Assert.Null(CodeOf(() => JsonValue.Parse($"{{\"{new string('k', 1024)}\":1}}")));
        Assert.Equal(ErrorCodes.JsonTooLarge, CodeOf(() => JsonValue.Parse($"{{\"{new string('k', 1025)}\":1}}")));
        Assert.Null(CodeOf(() => JsonValue.Parse(new string('9', 400))));
        Assert.Equal(ErrorCodes.JsonTooLarge, CodeOf(() => JsonValue.Parse(new string('9', 401))));
        Assert.Null(CodeOf(() => JsonValue.Parse("1e-1000000")));
        Assert.Equal(ErrorCodes.JsonTooLarge, CodeOf(() => JsonValue.Parse("1e1000001")));
        Assert.Equal(ErrorCodes.JsonTooLarge, CodeOf(() => JsonValue.Parse("1E-99999999999999999999")));
    }

    [Fact]
    public void A_limit_outside_its_range_is_a_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonLimits { DepthMax = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonLimits { DepthMax = 513 });
        Assert.Equal(512, new JsonLimits { DepthMax = 512 }.DepthMax);
    }

    [Fact]
    public void Repeated_keys_share_their_text_and_similar_objects_their_shape()
    {
        var array = (JsonArray)JsonValue.Parse("""[{"mag":1,"place":"x"},{"place":"y","mag":2}]""");

        var first = (JsonObject)array[0];
        var second = (JsonObject)array[1];

        Assert.Same(first.Keys.First(), second.Keys.First());
        Assert.True(JsonValue.SameShape(first, second));
        Assert.Equal(first.ShapeHash, second.ShapeHash);
    }

    [Fact]
    public void Escaped_and_plain_keys_are_one_key()
    {
        var escaped = JsonValue.Parse("""{"\u0061\/":1}""");

        Assert.True(JsonValue.Same(JsonValue.Parse("""{"a/":1}"""), escaped));
    }

    [Fact]
    public void Wide_and_nested_containers_keep_their_children_apart()
    {
        var text = "[" + string.Join(",", Enumerable.Range(0, 300).Select(i => $"{{\"i\":{i},\"l\":[{i},[{i}]]}}")) + "]";

        var value = JsonValue.Parse(text);

        Assert.Equal(text, value.ToString());
    }

    private static string? CodeOf(Action action) => (Record.Exception(action) as SchedulerException)?.Code;
}
