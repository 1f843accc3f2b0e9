using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>Scripts in real worker processes.</summary>
public sealed class ExpressionHandlerTests
{
    [Fact]
    public async Task A_script_sees_what_is_read_and_its_result_is_written()
    {
        await using var fixture = new ExpressionFixture();
        var run = new TestRun("""
            {"read": {"prices": "order/prices", "none": "order/none"}, "write": "total",
             "script": "var s = 0; prices.forEach(function (p) { s += p.net; });\n[s, typeof none, instant, run]"}
            """);
        run.Documents["order/prices"] = JsonValue.Parse("""[{"net": 1.5}, {"net": 2}]""");

        await fixture.Handler.HandleAsync(run);

        Assert.Equal(["order/none", "order/prices"], run.Reads);
        Assert.Equal(JsonValue.Parse("""[3.5, "undefined", "2026-03-04T05:06:07.000Z", "default/action#7"]"""), run.Writes["total"]);
    }

    [Fact]
    public async Task Fields_of_the_result_go_to_their_addresses_and_absent_ones_nowhere()
    {
        await using var fixture = new ExpressionFixture();
        var run = new TestRun("{'script': '({a: null, b: 2, c: undefined})', 'write': {'a': 'x/a', 'c': 'x/c', 'd': 'x/d'}}");

        await fixture.Handler.HandleAsync(run);

        Assert.Equal(new Dictionary<string, JsonValue> { ["x/a"] = JsonNull.Instance }, run.Writes);
    }

    [Theory]
    [InlineData("undefined")]
    [InlineData("var x = 1;")]
    [InlineData("(function () {})")]
    public async Task An_undefined_result_writes_nothing(string script)
    {
        await using var fixture = new ExpressionFixture();

        Assert.Null(await fixture.EvaluateAsync(script));
    }

    [Theory]
    [InlineData("'\\u00e9\\ud83d\\ude00'", "\"é😀\"")]
    [InlineData("({b: 1, a: [true, null, 1e21, 0.1 + 0.2]})", "{\"a\": [true, null, 1e21, 0.30000000000000004], \"b\": 1}")]
    [InlineData("JSON.stringify = function () { return 'no'; }; 3", "3")]
    public async Task Results_come_back_as_JSON(string script, string expected)
    {
        await using var fixture = new ExpressionFixture();

        Assert.Equal(JsonValue.Parse(expected), await fixture.EvaluateAsync(script));
    }

    [Fact]
    public async Task Every_value_of_a_document_goes_through_a_script_unchanged()
    {
        await using var fixture = new ExpressionFixture();
        JsonValue value = JsonValue.Parse("""{"": 0, "__proto__": {"a": 1}, "t": "a\u0000\"\\\n\u2028é😀", "n": [-1.5e-7, 1e300, 0, true, false, null, []]}""");

        Assert.Equal(value, await fixture.EvaluateAsync("v", ("v", value)));
    }

    [Theory]
    [InlineData("1 +\n  * 2", "2", null)]
    [InlineData("var a;\n\n  a.b.c", "3", "3")]
    [InlineData("throw new Error('boo')", "1", "1")]
    public async Task A_fault_of_the_script_has_its_place(string script, string line, string? column)
    {
        await using var fixture = new ExpressionFixture();

        SchedulerException fault = await fixture.FailAsync(script);

        Assert.Equal(HandlerErrorCodes.ExpressionFailed, fault.Code);
        Assert.Equal(line, fault.Details["line"]);
        Assert.True(column is null || column == fault.Details["column"], $"{fault.Message}");
        Assert.Contains("line " + line, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')")]
    [InlineData("({toJSON: function () { while (true) { } }})")]
    public async Task A_script_that_does_not_end_is_killed_and_the_next_one_is_served(string script)
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkersMax = 1 });

        SchedulerException fault = await fixture.FailAsync(script, "200ms");

        Assert.Equal(HandlerErrorCodes.ExpressionTimeout, fault.Code);
        Assert.Equal(2, await fixture.EvaluateAsync("1 + 1"));
        Assert.Equal(2, fixture.Started.Count);
    }

    [Theory]
    [InlineData("var s = 'x'; while (true) { s += s; s.length; }")]
    [InlineData("var a = []; while (true) { a.push({x: [1, 2, 3]}); }")]
    [InlineData("var s = 'x', t = []; while (s.length < 1000000) { s += s; } while (true) { t.push(s.toUpperCase()); }")]
    public async Task A_script_that_eats_memory_kills_its_worker_only(string script)
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkersMax = 1 });

        SchedulerException fault = await fixture.FailAsync(script);

        Assert.Equal(HandlerErrorCodes.ExpressionMemory, fault.Code);
        Assert.Equal(2, await fixture.EvaluateAsync("1 + 1"));
    }

    [Theory]
    [InlineData("function f(n) { return 1 + f(n + 1); } f(0)")]
    [InlineData("var s = '['; while (s.length < 100000) { s += s; } eval(s)")]
    public async Task A_script_that_goes_too_deep_is_told_so(string script)
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkersMax = 1, HeapBytesMax = 512 << 20 });

        SchedulerException fault = await fixture.FailAsync(script);

        Assert.Equal(HandlerErrorCodes.ExpressionTooDeep, fault.Code);
        Assert.Equal(2, await fixture.EvaluateAsync("1 + 1"));
    }

    [Fact]
    public async Task A_result_that_no_document_can_hold_is_refused()
    {
        await using var fixture = new ExpressionFixture();

        Assert.Equal(HandlerErrorCodes.ExpressionResultInvalid, (await fixture.FailAsync("var a = []; for (var i = 0; i < 70; i++) { a = [a]; } a")).Code);
        Assert.Equal(HandlerErrorCodes.ExpressionResultInvalid, (await fixture.FailAsync("'\\ud800'")).Code);
    }

    [Fact]
    public async Task Sizes_are_limited_before_and_after()
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { ScriptBytesMax = 100, InputBytesMax = 1_000, OutputBytesMax = 1_000 });

        SchedulerException script = await fixture.FailAsync(new string('1', 101));
        SchedulerException output = await fixture.FailAsync("new Array(1001).join('x')");
        SchedulerException input = await ExpressionFixture.RunOf("1", [("v", new string('x', 1_000))]).FailsAsync(fixture.Handler);

        Assert.Equal((ErrorCodes.RequestInvalid, "payload.script"), (script.Code, script.Details["field"]));
        Assert.Equal(HandlerErrorCodes.ExpressionTooLarge, output.Code);
        Assert.Equal((HandlerErrorCodes.ExpressionTooLarge, "input"), (input.Code, input.Details["what"]));
        Assert.Equal(998, ((JsonString)(await fixture.EvaluateAsync("new Array(999).join('x')"))!).Text.Length);
    }

    [Fact]
    public async Task A_script_has_nothing_but_the_language()
    {
        await using var fixture = new ExpressionFixture();

        JsonValue? result = await fixture.EvaluateAsync(
            "['System', 'importNamespace', 'require', 'process', 'host', 'log', 'clr'].filter(function (n) { try { return eval('typeof ' + n) !== 'undefined'; } catch (e) { return false; } })");

        Assert.Equal(JsonArray.Empty, result);
    }

    [Theory]
    [InlineData("{'script': '1'}", "payload.write")]
    [InlineData("{'write': 'a'}", "payload.script")]
    [InlineData("{'script': '1', 'write': 'a', 'time_limit': '61s'}", "payload.time_limit")]
    [InlineData("{'script': '1', 'write': 'a', 'time_limit': 5}", "payload.time_limit")]
    [InlineData("{'script': '1', 'write': 'a', 'colour': 5}", "payload.colour")]
    [InlineData("{'script': '1', 'write': {'a': 5}}", "payload.write.a")]
    [InlineData("{'script': '1', 'write': 'a', 'read': {'1a': 'b'}}", "payload.read.1a")]
    [InlineData("{'script': '1', 'write': 'a', 'read': {'run': 'b'}}", "payload.read.run")]
    [InlineData("{'script': '1', 'write': 'a', 'read': {'a': 'b/x~9'}}", "payload.read.a")]
    [InlineData("[]", "payload")]
    public void A_wrong_payload_is_refused_by_field(string payload, string field)
    {
        var fault = Assert.Throws<SchedulerException>(() => ExpressionPayload.Of(JsonValue.Parse(payload.Replace('\'', '"')), new ExpressionOptions()));

        Assert.Equal((ErrorCodes.RequestInvalid, field), (fault.Code, fault.Details["field"]));
    }
}
