using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Actions;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Definitions.Schemas;
using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Schemas;

public sealed class DefinitionSchemaTests
{
    private static readonly JsonObject Schema = (JsonObject)JsonValue.Parse(DefinitionSchema.Text);

    [Fact]
    public void Schema_and_reader_know_the_same_fields()
    {
        Assert.Equal(Sorted(FieldNames.Root), Properties(Schema));
        Assert.Equal(Sorted(FieldNames.Group), Properties(Definition("group")));
        Assert.Equal(Sorted(FieldNames.Space), Properties(Definition("space")));
        Assert.Equal(Sorted(FieldNames.Action), Properties(Definition("action")));
        Assert.Equal(Sorted(FieldNames.Schedule), Properties(Definition("schedule")));
        Assert.Equal(Sorted(FieldNames.Target), Properties(Definition("target")));
        foreach (var trigger in ((JsonArray)Definition("trigger")["oneOf"]!).Items.Cast<JsonObject>())
        {
            string kind = trigger.At(JsonPath.Parse("/properties/kind/const"))!.AsText();
            Assert.Equal(Sorted(FieldNames.Triggers[kind]), Properties(trigger));
        }

        Assert.Equal(FieldNames.Triggers.Count, ((JsonArray)Definition("trigger")["oneOf"]!).Items.Length);
    }

    [Fact]
    public void The_reader_knows_every_field_of_the_contracts()
    {
        Assert.Equal(Fields(typeof(ActionDefinition)), Sorted(FieldNames.Action));
        Assert.Equal(Fields(typeof(HandlerTarget)), Sorted(FieldNames.Target));
        Assert.Equal(Fields(typeof(ScheduleDefinition)), Sorted(FieldNames.Schedule.RemoveRange(FieldNames.ShortTrigger)));
        Assert.Equal(Fields(typeof(CronTrigger)).Append("kind").Order(StringComparer.Ordinal), Sorted(FieldNames.Triggers["cron"]));
        Assert.Equal(Fields(typeof(IntervalTrigger)).Append("kind").Order(StringComparer.Ordinal), Sorted(FieldNames.Triggers["interval"]));
        Assert.Equal(Fields(typeof(OnceTrigger)).Append("kind").Order(StringComparer.Ordinal), Sorted(FieldNames.Triggers["once"]));
        var kinds = ContractJson.Options.GetTypeInfo(typeof(Trigger)).PolymorphismOptions!.DerivedTypes.Select(type => (string)type.TypeDiscriminator!);
        Assert.Equal(kinds.Order(StringComparer.Ordinal), FieldNames.Triggers.Keys);
    }

    [Fact]
    public void Schema_and_contracts_know_the_same_choices()
    {
        Assert.Equal(Names<OverlapPolicy>(), Choices("schedule", "overlap"));
        Assert.Equal(Names<MissedPolicy>(), Choices("schedule", "missed"));
        Assert.Equal(Names<ActionKind>(), Choices("action", "kind"));
        Assert.Equal(Names<DayMatch>(), ((JsonArray)Definition("day_match")["enum"]!).Items.Select(name => name.AsText()));
    }

    [Fact]
    public void Everything_in_the_schema_is_described() => Assert.All(
        Described(Schema, "#"), place => Assert.True(place.IsDescribed, place.Path));

    [Theory]
    [InlineData("full.yaml")]
    [InlineData("small.json")]
    public void Files_that_the_reader_takes_are_valid(string file) =>
        Assert.Null(new SchemaCheck(Schema).Fault(ValueOf(TestFile.Read(file))));

    [Theory]
    [InlineData("nonsense: 1")]
    [InlineData("name: 5")]
    [InlineData("name: a b")]
    [InlineData("groups: {g: {}}")]
    [InlineData("groups: {g: {cap: 0}}")]
    [InlineData("spaces: {s: {actions: [{name: a, kind: effect}]}}")]
    [InlineData("spaces: {s: {actions: [{name: a, handler: h, kind: efect}]}}")]
    [InlineData("spaces: {s: {actions: [{name: a~b, handler: h, kind: effect}]}}")]
    [InlineData("schedules: {s: {every: 5m}}")]
    [InlineData("schedules: {s: {target: {handler: h}}}")]
    [InlineData("schedules: {s: {every: 5m, when: 0 0 * * *, target: {handler: h}}}")]
    [InlineData("schedules: {s: {every: 5m, target: {handler: h}, tolerance: 5}}")]
    [InlineData("schedules: {s: {every: 5m, target: {handler: h}, overlap: alow}}")]
    [InlineData("schedules: {s: {trigger: {kind: corn}, target: {handler: h}}}")]
    [InlineData("schedules: {s: {trigger: {kind: start, zone: UTC}, target: {handler: h}}}")]
    [InlineData("schedules: {s: {trigger: {kind: once, instant: 2026-12-24}, target: {handler: h}}}")]
    public void Files_that_break_the_schema_are_refused_by_the_reader_too(string text)
    {
        Assert.NotNull(new SchemaCheck(Schema).Fault(ValueOf(text)));
        Assert.NotEmpty(DefinitionReader.Read(text, "f", "acme").Faults);
    }

    private static JsonObject Definition(string name) => (JsonObject)Schema.At(JsonPath.Parse($"/$defs/{name}"))!;

    private static IEnumerable<string> Properties(JsonObject schema) => ((JsonObject)schema["properties"]!).Keys;

    private static IEnumerable<string> Sorted(ImmutableArray<string> names) => names.Order(StringComparer.Ordinal);

    private static IEnumerable<string> Fields(Type contract) =>
        ContractJson.Options.GetTypeInfo(contract).Properties.Where(property => property.Get is not null).Select(property => property.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

    private static IEnumerable<string> Choices(string definition, string field) =>
        ((JsonArray)Definition(definition).At(JsonPath.Parse($"/properties/{field}/enum"))!).Items.OfType<JsonString>().Select(name => name.Text);

    private static IEnumerable<(string Path, bool IsDescribed)> Described(JsonObject schema, string path) =>
        schema.SelectMany(pair => pair switch
        {
            { Key: "properties", Value: JsonObject fields } => fields.SelectMany(field => Described((JsonObject)field.Value, $"{path}/{field.Key}")
                .Prepend(($"{path}/{field.Key}", ((JsonObject)field.Value)["description"] is not null || ((JsonObject)field.Value)["$ref"] is not null))),
            { Key: "$defs", Value: JsonObject definitions } => definitions.SelectMany(part => Described((JsonObject)part.Value, $"{path}/{part.Key}")),
            { Key: "oneOf", Value: JsonArray kinds } => kinds.Items.OfType<JsonObject>().SelectMany(kind => Described(kind, path)),
            _ => [],
        });

    private static JsonValue ValueOf(string text)
    {
        var faults = new FaultList("f");
        var value = JsonReading.Read(FileTree.Read(text, faults)!, "", faults)!;
        Assert.Equal(0, faults.Count);
        return value;
    }
}
