using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonValueConverterTests
{
    [Fact]
    public void Absent_and_null_stay_apart_in_a_contract()
    {
        var absent = JsonSerializer.Serialize(new Contract(1));
        var isNull = JsonSerializer.Serialize(new Contract(1) { Value = JsonNull.Instance });

        Assert.Equal("""{"Id":1}""", absent);
        Assert.Equal("""{"Id":1,"Value":null}""", isNull);
        Assert.Null(JsonSerializer.Deserialize<Contract>(absent)!.Value);
        Assert.Same(JsonNull.Instance, JsonSerializer.Deserialize<Contract>(isNull)!.Value);
    }

    [Fact]
    public void Values_survive_a_contract() => Seeded.Rounds(1_000, random =>
    {
        var value = JsonValue.Parse(RandomTrees.Text(random));

        var text = JsonSerializer.Serialize(new Contract(7) { Value = value });
        var read = JsonSerializer.Deserialize<Contract>(text)!;

        Assert.Equal(7, read.Id);
        Assert.True(JsonValue.Same(value, read.Value));
    });

    [Fact]
    public async Task Values_survive_a_stream_read_in_small_pieces()
    {
        var text = $$"""{"Value":{"k":[1.50,"{{new string('é', 500)}}",{"a":null}]},"Id":3}""";
        var options = new JsonSerializerOptions { DefaultBufferSize = 16 };
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var read = await JsonSerializer.DeserializeAsync<Contract>(stream, options, TestContext.Current.CancellationToken);

        Assert.Equal(3, read!.Id);
        Assert.True(JsonValue.Same(JsonValue.Parse(text).Child(PathStep.OfKey("Value")), read.Value));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", ErrorCodes.JsonDuplicateKey)]
    [InlineData("1e9999999", ErrorCodes.JsonTooLarge)]
    [InlineData("[\"\\ud800\"]", ErrorCodes.JsonMalformed)]
    public void Codes_pass_through_the_serializer(string value, string code)
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonSerializer.Deserialize<Contract>($$"""{"Id":1,"Value":{{value}}}"""));

        Assert.Equal(code, fault.Code);
    }

    [Fact]
    public void Depth_is_checked_by_the_value_when_the_serializer_allows_more()
    {
        var text = $$"""{"Id":1,"Value":{{new string('[', 65)}}{{new string(']', 65)}}}""";

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Contract>(text));
        var fault = Assert.Throws<SchedulerException>(
            () => JsonSerializer.Deserialize<Contract>(text, new JsonSerializerOptions { MaxDepth = 100 }));

        Assert.Equal(ErrorCodes.JsonTooDeep, fault.Code);
    }

    [Fact]
    public void Syntax_faults_are_those_of_the_serializer() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Contract>("""{"Id":1,"Value":[1,]}"""));

    [Fact]
    public void Kinds_can_be_demanded_by_a_property_type()
    {
        var text = """{"Object":{"a":1},"Array":[],"Null":null,"Number":1.0,"Text":"t","Flag":true}""";

        var read = JsonSerializer.Deserialize<Kinds>(text)!;

        Assert.Equal(text, JsonSerializer.Serialize(read));
        Assert.Same(JsonNull.Instance, read.Null);
        Assert.Null(JsonSerializer.Deserialize<Kinds>("""{"Object":null}""")!.Object);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Kinds>("""{"Object":[]}"""));
    }

    private sealed record Contract(int Id)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public JsonValue? Value { get; init; }
    }

    private sealed record Kinds(JsonObject? Object, JsonArray? Array, JsonNull? Null, JsonNumber? Number, JsonString? Text, JsonBoolean? Flag);
}
