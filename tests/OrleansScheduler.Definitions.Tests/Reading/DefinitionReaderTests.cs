using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Reading;

public sealed class DefinitionReaderTests
{
    private static readonly DefinitionFile Full = FileText.Read(TestFile.Read("full.yaml"), "full.yaml");

    [Fact]
    public void Name_and_groups_are_read()
    {
        Assert.Equal(("acme", "everything", "full.yaml", "acme/everything"), (Full.Owner, Full.Name, Full.FileName, Full.Set));
        Assert.Equal([("heavy", 1), ("light ones", 10_000)], Full.Groups.Select(group => (group.Name, group.Cap)));
        Assert.Equal(new DefinitionPlace("full.yaml", 5, 3, "groups.heavy"), Full.Groups[0].Place);
    }

    [Fact]
    public void Documents_are_read_with_the_types_of_YAML_1_2()
    {
        Assert.Equal(
            """{"paid":"no","price":1.50,"tags":["a","1",1,31,true,null,"2026-01-01"]}""", Full.Documents[0].Value.ToString());
        Assert.Equal((SpaceId.Of("acme", "shop"), DocumentId.Parse("order")), (Full.Documents[0].Space, Full.Documents[0].Document));
        Assert.Same(JsonNull.Instance, Full.Documents[1].Value);
        Assert.Equal(new DefinitionPlace("full.yaml", 10, 7, "spaces.shop.documents.order"), Full.Documents[0].Place);
    }

    [Fact]
    public void Actions_are_read()
    {
        var (total, print) = (Full.Actions[0].Definition, Full.Actions[1].Definition);

        Assert.Equal(("total", "sum", ActionKind.Computation, TimeSpan.FromMilliseconds(200)), (total.Name, total.Handler, total.Kind, total.TimeLimit));
        Assert.Equal(["order/price", "order/tags[0]"], total.Inputs.Select(input => input.ToString()));
        Assert.Equal("total", Assert.Single(total.Outputs).ToString());
        Assert.Equal("""{"factor":2}""", total.Payload!.ToString());
        Assert.Equal(("print", ActionKind.Effect, null, null), (print.Name, print.Kind, print.Payload, print.TimeLimit));
        Assert.Empty(print.Outputs);
        Assert.Equal(new DefinitionPlace("full.yaml", 16, 9, "spaces.shop.actions[0]"), Full.Actions[0].Place);
    }

    [Fact]
    public void Every_field_of_a_schedule_is_read()
    {
        var schedule = Full.Schedules[0];
        var definition = schedule.Definition;

        Assert.Equal(ScheduleId.Of("acme", "by-cron"), schedule.Schedule);
        Assert.Equal(new DefinitionPlace("full.yaml", 27, 3, "schedules.by-cron"), schedule.Place);
        Assert.Equal(new CronTrigger("30 2 * * MON-FRI", "Europe/Berlin", DayMatch.Either), definition.Trigger);
        Assert.Equal(new HandlerTarget("report", SpaceId.Of("acme", "shop"), "text"), definition.Target);
        Assert.Equal(
            (TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)),
            (definition.MaxRunDuration!.Value, definition.Tolerance!.Value, definition.Jitter!.Value));
        Assert.Equal((OverlapPolicy.Allow, MissedPolicy.RunLatest), (definition.Overlap, definition.Missed));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), definition.StartAt);
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero), definition.EndAt);
        Assert.Equal(TimeSpan.Zero, definition.EndAt!.Value.Offset);
        Assert.Equal((100, "heavy"), (definition.MaxFirings, definition.Group));
        Assert.Equal([new DateOnly(2026, 12, 24), new DateOnly(2026, 12, 25)], definition.ExcludedDates!.Value);
        Assert.Equal([new("level", "1"), new("team", "ops")], definition.Labels!);
        Assert.Equal(("Two lines\nof text.\n", "waits for review"), (definition.Description, definition.InitialPause));
    }

    [Fact]
    public void Every_form_of_a_rule_in_time_is_read()
    {
        Assert.Equal(new CronTrigger("30 9 * * MON-FRI", "Europe/London"), Full.Trigger("by-phrase"));
        Assert.Equal(new IntervalTrigger(TimeSpan.FromMinutes(5)), Full.Trigger("by-length"));
        Assert.Equal(new CronTrigger("@daily"), Full.Trigger("by-macro"));
        Assert.Equal(new StartTrigger(), Full.Trigger("at-start"));
        Assert.Equal(new CronTrigger("H 3 * * *", "Asia/Tokyo"), Full.Trigger("full-cron"));
        Assert.Equal(new IntervalTrigger(TimeSpan.FromSeconds(90), new DateTimeOffset(2025, 12, 31, 22, 0, 30, TimeSpan.Zero)), Full.Trigger("full-interval"));
        Assert.Equal(new OnceTrigger(new DateTimeOffset(2026, 12, 24, 18, 0, 0, TimeSpan.Zero)), Full.Trigger("full-once"));
        Assert.Equal(new StartTrigger(), Full.Trigger("full-start"));
    }

    [Fact]
    public void A_file_without_a_name_is_the_default_set() => Assert.Equal("acme/default", FileText.Read("schedules:").Set);

    [Fact]
    public void JSON_is_read_as_it_is_meant()
    {
        var file = FileText.Read(TestFile.Read("small.json"), "small.json");

        Assert.Equal("small", file.Name);
        Assert.Equal("α😀/\"\\\n", file.Documents[0].Value.AsText());
        Assert.Equal("""[1,2.50,-1e5,true,null,{"a":{}}]""", file.Documents[1].Value.ToString());
        Assert.Equal("""{"a:b":"c # d","yes":"no"}""", Assert.Single(file.Schedules).Definition.Target.Payload!.ToString());
    }

    [Fact]
    public void Random_JSON_is_read_as_the_JSON_parser_reads_it()
    {
        int seed = Environment.GetEnvironmentVariable("SCHEDULER_TEST_SEED") is { } given ? int.Parse(given) : 20261120;
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            string json = RandomJson.Text(random, depth: 4);

            var reading = DefinitionReader.Read("{\"spaces\": {\"s\": {\"documents\": {\"d\": " + json + "}}}}", "f.json", "acme");

            Assert.True(reading.Faults.IsEmpty, $"Seed {seed}, text {i}: {string.Join(' ', reading.Faults)} in {json}");
            Assert.True(reading.File!.Documents[0].Value.ToString() == JsonValue.Parse(json).ToString(), $"Seed {seed}, text {i}: {json}");
        }
    }

    [Fact]
    public void A_byte_order_mark_and_line_ends_of_Windows_change_nothing()
    {
        var file = FileText.Read("\uFEFF" + TestFile.Read("full.yaml").ReplaceLineEndings("\r\n"));

        Assert.Equal(Full.Schedules.Select(schedule => schedule.Schedule), file.Schedules.Select(schedule => schedule.Schedule));
        Assert.Equal(Full.Schedules[0].Definition.Description, file.Schedules[0].Definition.Description);
    }

    [Fact]
    public void An_owner_that_is_none_is_refused() => Assert.Throws<ArgumentException>(() => DefinitionReader.Read("", "f", "a/b"));
}
