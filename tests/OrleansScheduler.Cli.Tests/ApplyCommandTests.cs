using OrleansScheduler.Cli.Fakes;

namespace OrleansScheduler.Cli;

public sealed class ApplyCommandTests
{
    private const string Report = """
        {"set":"default/default","dry_run":true,"changes":[{"kind":"group","id":"reports","change":"unchanged","differences":[]},
        {"kind":"schedule","id":"nightly","change":"updated","differences":["when: @daily -> @hourly","overlap: skip -> allow"]},
        {"kind":"action","id":"shop/0011","change":"orphaned","differences":[]}],"is_failed":false,"is_unchanged":false}
        """;

    [Theory]
    [InlineData("scheduler.yaml", "application/yaml")]
    [InlineData("scheduler.json", "application/json")]
    public async Task A_file_is_sent_as_what_it_is(string name, string type)
    {
        using var folder = new TestFolder().With(name, "schedules: {}");
        var cli = new CliRun { Folder = folder };
        cli.Server.On($"POST /definitions?dry_run=true&prune=true&who=ada&file={name}", Report);

        int exit = await cli.RunAsync("apply", "-f", name, "--dry-run", "--prune");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            CHANGE    KIND      NAME       DIFFERENCE
            updated   schedule  nightly    when: @daily -> @hourly
                                           overlap: skip -> allow
            orphaned  action    shop/0011
            Dry run, nothing was changed. Set default/default: 1 updated, 1 unchanged, 1 orphaned.
            What is orphaned is no longer in the file; --prune deletes it.

            """,
            cli.Output);
        Assert.Equal(type, cli.Server.Requests[0].ContentType);
        Assert.Equal("schedules: {}", cli.Server.Requests[0].Body);
    }

    [Fact]
    public async Task Faults_of_the_file_come_one_a_line_with_their_places()
    {
        var cli = new CliRun { Input = "x" };
        cli.Server.Refuse(
            "POST /definitions?who=ada&file=stdin", 400, "definition_invalid", "The file has 2 faults.",
            """ "details":{},"faults":[{"file":"stdin","line":3,"column":9,"field":"schedules.a.when","message":"No hour 25."},{"file":"stdin","line":5,"column":1,"field":"","message":"Unknown."}] """);

        int exit = await cli.RunAsync("apply", "--file", "-");

        Assert.Equal(5, exit);
        Assert.Equal(
            """
            error: definition_invalid: The file has 2 faults.
              stdin:3:9: schedules.a.when: No hour 25.
              stdin:5:1: Unknown.

            """,
            cli.Errors);
    }

    [Fact]
    public async Task What_the_server_refused_of_a_good_file_is_a_fault_too()
    {
        var cli = new CliRun { Input = "x" };
        cli.Server.On(
            "POST /definitions?who=ada&file=stdin",
            """{"set":"default/s","dry_run":false,"changes":[{"kind":"schedule","id":"a","change":"failed","differences":[],"refusal":{"code":"unknown_handler","message":"No handler 'x'.","is_transient":false,"place":{"file":"stdin","line":2,"column":3,"field":"schedules.a"}}}]}""");

        int exit = await cli.RunAsync("apply", "-f", "-");

        Assert.Equal(5, exit);
        Assert.Contains("failed  schedule  a     No handler 'x'.", cli.Output, StringComparison.Ordinal);
        Assert.Equal(
            """
            error: definition_invalid: The server refused 1 of 1 definitions; the others were applied.
              stdin:2:3: schedules.a: unknown_handler: No handler 'x'.

            """,
            cli.Errors);
    }

    [Fact]
    public async Task A_file_is_needed()
    {
        var cli = new CliRun();

        Assert.Equal(2, await cli.RunAsync("apply"));
        Assert.Equal(5, await cli.RunAsync("apply", "-f", "missing.yaml"));
        Assert.Empty(cli.Server.Requests);
    }
}
