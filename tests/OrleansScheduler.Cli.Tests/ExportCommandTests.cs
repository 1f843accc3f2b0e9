using System.Net;
using System.Security.Cryptography;
using System.Text;
using OrleansScheduler.Cli.Fakes;

namespace OrleansScheduler.Cli;

public sealed class ExportCommandTests
{
    private const string Token = "0123456789abcdef-secret";
    private const string Head = """
        {"line":"header","format":1,"product":"1.0.0","engine":"embedded-sqlite","epoch":2,"incarnation":7,"at":"2026-03-01T12:00:00.0000000Z"}
        {"line":"actor","kind":"governor","key":"governor","snapshot":0,"pages":0,"entries":0,"states":0,"wakeup":"2026-03-01T12:01:00.0000000Z"}
        {"line":"trailer","lines":3,"actors":1,"pages":0,"entries":0,"states":0,"wakeups":1,"damaged":[{"actor":"space/a","row":"log 7","reason":"torn"}]
        """;

    private static readonly string Archive =
        $"{Head},\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Head)))}\"}}\n";

    [Fact]
    public async Task An_archive_replaces_the_file_when_it_is_whole()
    {
        using var folder = new TestFolder().With("token", Token).With("backup.jsonl", "older");
        var cli = Cli(folder, "/ops/export?skip_damaged=true", Archive);

        int exit = await cli.RunAsync("export", "backup.jsonl", "--skip-damaged");

        Assert.Equal((0, ""), (exit, cli.Output));
        Assert.Equal(Archive, await File.ReadAllTextAsync(Path.Combine(folder.Path, "backup.jsonl")));
        Assert.Equal($"Bearer {Token}", cli.Server.Requests[0].Authorization);
        Assert.Contains("left out: space/a, log 7: torn", cli.Errors, StringComparison.Ordinal);
        Assert.Equal(["backup.jsonl", "token"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task An_archive_holds_secrets_so_a_new_file_is_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of another kind.");
        using var folder = new TestFolder().With("token", Token);

        await Cli(folder, "/ops/export", Archive).RunAsync("export", "backup.jsonl");

        string file = Path.Combine(folder.Path, "backup.jsonl");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task An_archive_that_breaks_off_leaves_the_old_file_alone()
    {
        using var folder = new TestFolder().With("token", Token).With("backup.jsonl", "older");
        var cli = Cli(folder, "/ops/export", Archive[..^10]);

        int exit = await cli.RunAsync("export", "backup.jsonl");

        Assert.Equal(5, exit);
        Assert.StartsWith("error: archive_invalid: ", cli.Errors, StringComparison.Ordinal);
        Assert.Equal("older", await File.ReadAllTextAsync(Path.Combine(folder.Path, "backup.jsonl")));
        Assert.Equal(["backup.jsonl", "token"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task An_archive_goes_to_the_output_as_it_is()
    {
        using var folder = new TestFolder().With("token", Token);
        var cli = Cli(folder, "/ops/export", Archive);

        int exit = await cli.RunAsync("export", "-");

        Assert.Equal((0, Archive), (exit, cli.Output));
    }

    [Fact]
    public async Task What_the_server_refuses_is_told()
    {
        using var folder = new TestFolder().With("token", Token);
        var cli = new CliRun { Folder = folder };
        cli.Environment["OSCHED_TOKEN_FILE"] = "token";
        cli.Server.Refuse("GET /ops/export", 500, "corrupt_state", "space/a is damaged at log 7.");

        int exit = await cli.RunAsync("export", "backup.jsonl");

        Assert.Equal(1, exit);
        Assert.Contains("log 7", cli.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "backup.jsonl")));
    }

    [Fact]
    public async Task An_archive_is_shown_without_a_server()
    {
        using var folder = new TestFolder().With("backup.jsonl", Archive);
        var cli = new CliRun { Folder = folder };

        int exit = await cli.RunAsync("archive", "show", "backup.jsonl");

        Assert.Equal(0, exit);
        Assert.Empty(cli.Server.Requests);
        Assert.Contains("epoch        2\n", cli.Output, StringComparison.Ordinal);
        Assert.Contains("governor  1\n", cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"epoch\":2", "\"epoch\":3", 5)]
    [InlineData("\"format\":1", "\"format\":9", 1)]
    public async Task A_changed_archive_is_refused(string old, string other, int exit)
    {
        using var folder = new TestFolder().With("backup.jsonl", Archive.Replace(old, other, StringComparison.Ordinal));
        var cli = new CliRun { Folder = folder };

        Assert.Equal(exit, await cli.RunAsync("archive", "show", "backup.jsonl"));
        Assert.Equal("", cli.Output);
    }

    private static CliRun Cli(TestFolder folder, string address, string body)
    {
        var cli = new CliRun { Folder = folder };
        cli.Environment["OSCHED_TOKEN_FILE"] = "token";
        cli.Server.On($"GET {address}", _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) }));
        return cli;
    }
}
