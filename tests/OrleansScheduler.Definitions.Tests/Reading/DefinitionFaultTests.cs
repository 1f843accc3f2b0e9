using OrleansScheduler.Definitions.Reading;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Reading;

public sealed class DefinitionFaultTests
{
    [Theory]
    [InlineData("", "1:1: The file is empty. Expected a mapping with some of name, groups, spaces and schedules.")]
    [InlineData("# only a comment\n", "1:1: The file is empty. Expected a mapping with some of name, groups, spaces and schedules.")]
    [InlineData("- a", "1:1: Expected a mapping with $schema, name, groups, spaces or schedules, found a list.")]
    [InlineData("schedule: {}", "1:1: schedule: There is no field 'schedule' here. Did you mean 'schedules'?")]
    [InlineData("nonsense: {}", "1:1: nonsense: There is no field 'nonsense' here. Expected $schema, name, groups, spaces or schedules.")]
    [InlineData("name: 5", "1:7: name: Expected the name of the set of 1 to 100 characters, found the number 5. Write it in quotes if it is meant as a text.")]
    [InlineData("name: a/b", "1:7: name: 'a/b' is no name of a set. Expected 1 to 100 letters, digits, '.', '-' or '_'.")]
    [InlineData("groups: {g: 5}", "1:13: groups.g: Expected a mapping with cap, found the number 5.")]
    [InlineData("groups: {g: {}}", "1:13: groups.g.cap: 'cap' is missing. Expected a whole number from 1 to 10000.")]
    [InlineData("groups: {g: {cap: 0}}", "1:19: groups.g.cap: Expected a whole number from 1 to 10000, found the number 0.")]
    [InlineData("groups: {g: {cap: 1.5}}", "1:19: groups.g.cap: Expected a whole number from 1 to 10000, found the number 1.5.")]
    [InlineData("groups: {g: {cap: \"1\"}}", "1:19: groups.g.cap: Expected a whole number from 1 to 10000, found the text '1'.")]
    [InlineData("spaces: {a b: {}}", "1:10: spaces.a b: 'a b' is no name of a space. Expected 1 to 100 letters, digits, '.', '-' or '_'.")]
    [InlineData("spaces: {s: {documents: {a/b: 1}}}", "1:26: spaces.s.documents.a/b: The document id does not parse at 1: a document id contains neither '/' nor control characters.")]
    [InlineData("spaces: {s: {documents: {d: [.inf]}}}", "1:30: spaces.s.documents.d[0]: JSON has no number '.inf'. Write it in quotes if it is meant as a text.")]
    [InlineData("a: 1\na: 2\n", "1:1: a: There is no field 'a' here. Expected $schema, name, groups, spaces or schedules.", "2:1: a: The key 'a' stands twice in this mapping; it is in line 1 too.")]
    [InlineData("spaces: {s: {documents: {d: {x: {y: 1, \"y\": 2}}}}}", "1:40: spaces.s.documents.d.x.y: The key 'y' stands twice in this mapping; it is in line 1 too.")]
    [InlineData("schedules: {}\n---\nname: x", "2:1: A second document begins here. A file holds one.")]
    [InlineData("name: &a x", "1:7: name: Anchors are not read; repeat the value where it is needed. A text that begins with '&' needs quotes.")]
    [InlineData("name: *a", "1:7: name: Aliases are not read; repeat the value. A text that begins with '*' needs quotes, such as \"*/5 * * * *\".")]
    [InlineData("name: !!str 5", "1:7: name: Tags are not read. A text that begins with '!' needs quotes, and so does a number that is meant as a text.")]
    [InlineData("name: ! 5", "1:7: name: Tags are not read. A text that begins with '!' needs quotes, and so does a number that is meant as a text.")]
    [InlineData("name: @x", "1:7: A text that begins with '@' needs quotes.")]
    [InlineData("? [a]\n: b", "1:3: A key is a text here, not a mapping or a list.")]
    [InlineData("name: a\u2028b", "1:8: The character U+2028 is a line end that editors do not show. Write it as \"\\u2028\" in double quotes.")]
    public void A_faulty_file_is_refused_with_the_place_and_what_was_expected(string text, params string[] expected) =>
        Assert.Equal(expected, FileText.Faults(text));

    [Theory]
    [InlineData("{\"a\":1 \"b\":2}", "1:8: This is no JSON: ")]
    [InlineData("{\"name\": \"x\",}", "1:14: This is no JSON: The JSON object contains a trailing comma at the end which is not supported in this mode.")]
    [InlineData("{\n\"name\": 'x'}", "2:9: This is no JSON: ")]
    [InlineData("{\"name\": \"a\\ud800\"}", "1:10: This is neither YAML nor JSON: ")]
    [InlineData("{\"name\": \"a\", \"name\": \"b\"}", "1:15: name: The key 'name' stands twice")]
    public void A_faulty_JSON_file_is_refused(string text, string expected) =>
        Assert.StartsWith(expected, FileText.Fault(text, "f.json"), StringComparison.Ordinal);

    [Theory]
    [InlineData("when: 0 25 * * *", "2:11: schedules.s.when: The rule is not understood: expected an hour from 0 to 23; found '25 * * *'.")]
    [InlineData("when: \"0 25 * * *\"", "2:12: schedules.s.when: The rule is not understood: expected an hour from 0 to 23; found '25 * * *'.")]
    [InlineData("cron: 0 0 * *", "2:16: schedules.s.cron: The rule is not understood: expected 5 fields (minute, hour, day of the month, month, weekday), or 6 with seconds first, or a macro such as @daily; found 4; found the end.")]
    [InlineData("when: every blue moon", "2:15: schedules.s.when: The rule is not understood: expected ")]
    [InlineData("every: 5 parsecs", "2:12: schedules.s.every: The rule is not understood: expected ")]
    [InlineData("when: in 20 minutes", "2:9: schedules.s.when: The phrase counts from now, and a file is applied at any time.")]
    [InlineData("when: tomorrow at 8", "2:9: schedules.s.when: The phrase counts from now")]
    [InlineData("every: 1ms", "2:10: schedules.s.every: ")]
    [InlineData("{zone: Europe/Berln, when: 0 0 * * *}", "2:9: schedules.s.zone: This machine knows no time zone 'Europe/Berln'. Did you mean 'Europe/Berlin'?")]
    [InlineData("{zone: Mars, when: 0 0 * * *}", "2:9: schedules.s.zone: This machine knows no time zone 'Mars'.")]
    [InlineData("{day_match: any, when: 0 0 * * *}", "2:14: schedules.s.day_match: the text 'any' is not possible here.")]
    [InlineData("{when: 0 0 * * *, every: 5m}", "2:27: schedules.s.every: The schedule has several rules in time: when, every. Expected one of them.")]
    [InlineData("{zone: UTC, trigger: {kind: start}}", "2:9: schedules.s.zone: 'zone' belongs to when, cron and every.")]
    [InlineData("trigger: {kind: corn}", "2:19: schedules.s.trigger.kind: 'corn' is no kind of trigger. Did you mean 'cron'?")]
    [InlineData("trigger: {expression: 0 0 * * *}", "2:12: schedules.s.trigger.kind: 'kind' is missing. Expected cron, interval, once or start.")]
    [InlineData("trigger: {kind: cron}", "2:12: schedules.s.trigger.expression: 'expression' is missing.")]
    [InlineData("trigger: {kind: cron, expression: 0 0 32 * *}", "2:41: schedules.s.trigger.expression: The cron expression is not understood: expected a day of the month from 1 to 31")]
    [InlineData("trigger: {kind: interval, period: 5}", "2:37: schedules.s.trigger.period: Expected a length of time from 10ms to 366d, such as 90s or 1h30m, found the number 5.")]
    [InlineData("trigger: {kind: interval, period: 400d}", "2:37: schedules.s.trigger.period: Expected a length of time from 10ms to 366d, such as 90s or 1h30m, found 400d.")]
    [InlineData("trigger: {kind: once, instant: 2026-12-24T18:00}", "2:34: schedules.s.trigger.instant: Expected an instant with its offset")]
    [InlineData("trigger: {kind: start, zone: UTC}", "2:26: schedules.s.trigger.zone: There is no field 'zone' here. Expected kind.")]
    public void A_faulty_rule_in_time_is_refused_where_it_stands(string rule, string expected)
    {
        string fields = rule[0] == '{' ? rule[1..^1] : rule;

        string fault = FileText.Fault($"schedules: {{s: {{target: {{handler: h}},\n  {fields}}}}}");

        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max_run_duration: 8d", "Expected a length of time from 10ms to 7d, such as 90s or 1h30m, found 8d.")]
    [InlineData("tolerance: 10 minutes", "Expected a length of time from 1s to 1d, such as 90s or 1h30m, found '10 minutes'.")]
    [InlineData("overlap: alow", "the text 'alow' is not possible here. Did you mean 'allow'?")]
    [InlineData("overlap: queue_all", "'overlap' is skip, allow in this version, not queue_all.")]
    [InlineData("missed: stasis", "'missed' is skip, run_latest in this version, not stasis.")]
    [InlineData("max_firings: 0", "Expected a whole number of at least 1, found the number 0.")]
    [InlineData("excluded_dates: 2026-01-01", "Expected a list of dates, found the text '2026-01-01'.")]
    [InlineData("labels: {a: 1}", "Expected a text of 0 to 500 characters, found the number 1. Write it in quotes if it is meant as a text.")]
    [InlineData("labels: {a: }", "A label has a value. Expected a text, which may be empty in quotes.")]
    [InlineData("maxFirings: 1", "There is no field 'maxFirings' here. Did you mean 'max_firings'?")]
    [InlineData("jitter: 2d", "Expected a length of time from 1ms to 1d, such as 90s or 1h30m, found 2d.")]
    [InlineData("group: ''", "Expected the name of a group of 1 to 100 characters, found 0 characters.")]
    public void A_faulty_field_of_a_schedule_is_refused(string field, string message)
    {
        var faults = DefinitionReader.Read($"schedules:\n  s:\n    every: 5m\n    target: {{handler: h}}\n    {field}\n", "f", "acme").Faults;

        var fault = Assert.Single(faults);
        Assert.Equal((5, message), (fault.Line, fault.Message));
    }

    [Theory]
    [InlineData("target: {space: x}", "schedules.s.target.handler", "'handler' is missing. Expected the name of a handler.")]
    [InlineData("target: {handler: h, space: you/x}", "schedules.s.target.space", "'you/x' is no space of the owner 'acme'. Expected 1 to 100 letters, digits, '.', '-' or '_'.")]
    [InlineData("target: h", "schedules.s.target", "Expected a mapping with handler, space or payload, found the text 'h'.")]
    [InlineData("group: g", "schedules.s.target", "'target' is missing. Expected a mapping with handler, space or payload.")]
    public void A_faulty_target_is_refused(string field, string path, string message)
    {
        var fault = Assert.Single(DefinitionReader.Read($"schedules:\n  s:\n    every: 5m\n    {field}\n", "f", "acme").Faults);

        Assert.Equal((path, message), (fault.Field, fault.Message));
    }

    [Theory]
    [InlineData("{handler: h, kind: effect}", "name", "'name' is missing. Expected a name that says what it computes.")]
    [InlineData("{name: a~b, handler: h, kind: effect}", "name", "A name has no '/', no '~' and no control characters.")]
    [InlineData("{name: a, handler: h}", "kind", "'kind' is missing. Expected computation or effect.")]
    [InlineData("{name: a, handler: h, kind: efect}", "kind", "the text 'efect' is not possible here. Did you mean 'effect'?")]
    [InlineData("{name: a, handler: h, kind: effect, inputs: x}", "inputs", "Expected a list of addresses, found the text 'x'.")]
    [InlineData("{name: a, handler: h, kind: effect, inputs: [5]}", "inputs[0]", "Expected an address such as orders/total, found the number 5. Write it in quotes if it is meant as a text.")]
    [InlineData("{name: a, handler: h, kind: effect, inputs: ['x[']}", "inputs[0]", "The address does not parse at 1: ']' is missing.")]
    [InlineData("{name: a, handler: h, kind: effect, outputs: ['']}", "outputs[0]", "An output is a document or a place in one, not the whole space.")]
    [InlineData("{name: a, handler: h, kind: effect, inputs: [x/y], outputs: [x]}", "inputs", "The input 'x/y' overlaps the output 'x': an action does not read what it writes.")]
    [InlineData("{name: a, handler: h, kind: effect, time_limit: 1h}", "time_limit", "Expected a length of time from 1ms to 20m, such as 90s or 1h30m, found 1h.")]
    public void A_faulty_action_is_refused(string action, string field, string message)
    {
        var fault = Assert.Single(DefinitionReader.Read($"spaces:\n  s:\n    actions:\n      - {action}\n", "f", "acme").Faults);

        Assert.Equal(($"spaces.s.actions[0].{field}", message), (fault.Field, fault.Message));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() =>
        Assert.Equal("2:4: Half of a surrogate pair stands here. The file is no valid Unicode.", FileText.Fault($"name: a\nx: {(char)0xD800}"));

    [Fact]
    public void The_same_action_twice_is_refused()
    {
        const string action = "{name: a, handler: h, kind: effect, inputs: [x]}";

        Assert.Equal(
            "5:16: spaces.s.actions[1].name: The action in line 4 has the same name, handler, inputs and outputs, so it is the same action.",
            FileText.Fault($"spaces:\n  s:\n    actions:\n      - {action}\n      - {action}\n"));
        FileText.Read($"spaces:\n  s: {{actions: [{action}]}}\n  t: {{actions: [{action}]}}\n");
    }

    [Fact]
    public void All_faults_are_found_at_once_in_their_order()
    {
        var faults = FileText.Faults("name: a b\nschedules:\n  x: {every: 5m}\n  y: {target: {handler: h}}\n  z z: {every: 5m, target: {handler: h}}\nfoo: 1\n");

        Assert.Equal(["1:7", "3:6", "4:6", "5:3", "6:1"], faults.Select(fault => fault[..3]));
    }

    [Fact]
    public void At_most_a_hundred_faults_are_told()
    {
        var reading = DefinitionReader.Read(string.Concat(Enumerable.Range(0, 200).Select(i => $"f{i}x: 1\n")), "f", "acme");

        Assert.Equal(100, reading.Faults.Length);
    }

    [Theory]
    [InlineData("f{0}x: 1\n", "")]
    [InlineData("  s{0}: {{when: 0 0 * * *, zone: Europe/Berln, target: {{handler: h}}}}\n", "schedules:\n")]
    [InlineData("  s{0}: 5\n", "schedules:\n")]
    [InlineData("[[[{{a: b, ", "")]
    [InlineData("- ? - {0}\n", "")]
    public void The_longest_faulty_files_are_answered_too(string line, string start)
    {
        var text = new System.Text.StringBuilder(start);
        for (int i = 0; text.Length < DefinitionReader.BytesMax - 200; i++)
        {
            text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, line, i);
        }

        Assert.InRange(DefinitionReader.Read(text.ToString(), "f", "acme").Faults.Length, 1, 100);
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        string deep = "spaces: {s: {documents: {d: " + new string('[', 100_000) + new string(']', 100_000) + "}}}";
        string bomb = "spaces: {s: {documents: {a: &a [x, x], b: &b [*a, *a], c: [*b, *b]}}}";

        Assert.EndsWith("The file is nested deeper than 64 levels.", FileText.Fault(deep), StringComparison.Ordinal);
        Assert.Contains("Anchors are not read", FileText.Fault(bomb), StringComparison.Ordinal);
        Assert.Equal("1:1: The file is longer than 1048576 bytes.", FileText.Fault(new string(' ', DefinitionReader.BytesMax + 1)));
        Assert.Equal("1:1: The file is longer than 1048576 bytes.", FileText.Fault("# " + new string('é', DefinitionReader.BytesMax / 2)));
    }
}
