using OrleansScheduler.Cli.Fakes;

namespace OrleansScheduler.Cli;

public sealed class SpaceAndGovernorCommandTests
{
    private const string Read = """{"address":"total","depth":"deep","sequence":4,"hash":"00112233445566778899aabbccddeeff","value":{"eur":[1,2]}}""";

    [Fact]
    public async Task A_value_is_printed_over_several_lines()
    {
        var cli = new CliRun();
        cli.Server.On(
            "GET /spaces/shop/documents/order.1?path=%2Fprices%2F0&at=7",
            """{"address":"order.1/prices/0","depth":"deep","sequence":9,"last_changed":4,"hash":"00112233445566778899aabbccddeeff","value":{"eur":[1,2],"é":null}}""");

        int exit = await cli.RunAsync("space", "get", "shop", "order.1", "--path", "/prices/0", "--at", "7");

        Assert.Equal(0, exit);
        Assert.Equal("{\n  \"eur\": [\n    1,\n    2\n  ],\n  \"é\": null\n}\n", cli.Output);
    }

    [Theory]
    [InlineData("""{"b":1.50,"a":"x"}""", """{"a":"x","b":1.50}""")]
    [InlineData("9.1", "9.1")]
    [InlineData("@value.json", "[true]")]
    [InlineData("@-", "\"typed\"")]
    public async Task A_value_is_committed_as_it_is(string argument, string sent)
    {
        using var folder = new TestFolder().With("value.json", "[ true ]");
        var cli = new CliRun { Folder = folder, Input = "\"typed\"\n" };
        cli.Server.On("PUT /spaces/shop/documents/order.1?path=%2Fp", """{"sequence":12,"changed":true,"marked":3}""");

        int exit = await cli.RunAsync("space", "set", "shop", "order.1", argument, "--path", "/p");

        Assert.Equal(0, exit);
        Assert.Equal(sent, Assert.Single(cli.Server.Requests).Body);
        Assert.Equal("Commit 12; 3 actions have a cause to run.\n", cli.Output);
    }

    [Fact]
    public async Task A_negative_number_comes_behind_two_hyphens()
    {
        var cli = new CliRun();
        cli.Server.On("PUT /spaces/s/documents/d", """{"sequence":12,"changed":false,"marked":0}""");

        Assert.Equal(0, await cli.RunAsync("space", "set", "s", "d", "--", "-5"));
        Assert.Equal("-5", cli.Server.Requests[0].Body);
        Assert.Equal("Nothing changed; the space is at 12.\n", cli.Output);
    }

    [Fact]
    public async Task Statistics_are_a_table_with_the_sums_below()
    {
        var cli = new CliRun();
        cli.Server.On(
            "GET /spaces/shop/statistics?after=4&limit=1",
            """
            {"runs":7,"failed":1,"total":"2s","next":"5","actions":[
            {"action":"total~00000001","runs":3,"failed":1,"total":"1s500ms","average":"500ms","max":"1s","last":"20ms","last_at":"2026-03-01T12:00:00Z"}]}
            """);

        int exit = await cli.RunAsync("space", "stats", "shop", "--after", "4", "--limit", "1");

        Assert.Equal(0, exit);
        Assert.Matches(@"(?m)^total~00000001\s+3\s+1\s+1s500ms\s+500ms\s+1s\s+20ms\s+2026-03-01 12:00:00Z$", cli.Output);
        Assert.Contains("7 runs in all, 1 failed, 2s together.", cli.Output + cli.Errors, StringComparison.Ordinal);
        Assert.Contains("osched space stats shop --after 5", cli.Output + cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("yes")]
    public async Task What_is_no_json_is_not_sent(string value)
    {
        var cli = new CliRun();

        Assert.Equal(5, await cli.RunAsync("space", "set", "s", "d", value));
        Assert.StartsWith("error: json_", cli.Errors, StringComparison.Ordinal);
        Assert.Empty(cli.Server.Requests);
    }

    [Fact]
    public async Task A_pull_says_when_it_had_to_give_up()
    {
        var cli = new CliRun();
        cli.Server.On("GET /spaces/shop/pull?document=total&wait=1s", $$"""{"settled":false,"sequence":4,"read":{{Read}}}""");

        int exit = await cli.RunAsync("space", "pull", "shop", "total", "--wait", "1s");

        Assert.Equal(0, exit);
        Assert.Contains("\"eur\"", cli.Output, StringComparison.Ordinal);
        Assert.StartsWith("The wait ended before", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_is_its_sentences()
    {
        var cli = new CliRun();
        cli.Server.On(
            "GET /spaces/shop/explain/total?run=2",
            """{"action":"total~3fa9c012","state":"clean","live":true,"pending":[],"commits":[],"sentences":["It ran.","It changed."]}""");

        int exit = await cli.RunAsync("space", "explain", "shop", "total", "--run", "2");

        Assert.Equal("", cli.Errors);
        Assert.Equal(0, exit);
        Assert.Equal("It ran.\nIt changed.\n", cli.Output);
    }

    [Fact]
    public async Task The_governor_shows_who_holds_a_slot()
    {
        var cli = new CliRun();
        cli.Server.On("GET /governor", Recorded.Governor());

        int exit = await cli.RunAsync("governor");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            slots    1 of 8 in use
            groups   reports=2
            waiting  4
            granted  99
            expired  1
            RUN                         GROUP    SINCE                 UNTIL AT MOST         PROCESS
            default/nightly.0a1b2c3d.3  reports  2026-01-05 00:00:00Z  2026-01-05 00:20:00Z  host-1

            """,
            cli.Output);
    }

    [Theory]
    [InlineData("""{"cap":3,"groups":{"reports":2}}""", "--cap", "3")]
    [InlineData("""{"cap":8,"groups":{"mail":5}}""", "--group", "reports=0", "--group", "mail=5")]
    public async Task Changing_a_cap_keeps_the_others(string sent, params string[] options)
    {
        var cli = new CliRun();
        cli.Server.On("GET /governor", Recorded.Governor()).On("PUT /governor", Recorded.Governor(3));

        int exit = await cli.RunAsync(["governor", .. options]);

        Assert.Equal(0, exit);
        Assert.Equal(sent, cli.Server.Requests[1].Body);
    }

    [Theory]
    [InlineData("--cap", "0")]
    [InlineData("--cap", "10001")]
    [InlineData("--group", "mail")]
    [InlineData("--group", "mail=many")]
    [InlineData("--group", "mail=10001")]
    public async Task Caps_have_bounds(string option, string value)
    {
        var cli = new CliRun();

        Assert.Equal(2, await cli.RunAsync("governor", option, value));
        Assert.Empty(cli.Server.Requests);
    }
}
