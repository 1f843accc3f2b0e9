using System.Security.Cryptography;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Files;

/// <summary>Files in a real folder.</summary>
public sealed class FileHandlerTests
{
    [Fact]
    public async Task Replace_puts_the_whole_content_in_place_and_leaves_nothing_else()
    {
        using var folder = new TestFolder();
        var run = new TestRun("{'path': 'a/b/c.txt', 'mode': 'replace', 'read': {'v': 'doc/x'}, 'content': 'v={{v/name}} all={{v}} {{uri v/name}} \\\\{{x}}'}");
        run.Documents["doc/x"] = JsonValue.Parse("""{"name": "é b"}""");

        await HandlerOn(folder).HandleAsync(run);
        await HandlerOn(folder).HandleAsync(run);

        Assert.Equal("v=é b all={\"name\":\"é b\"} %C3%A9%20b {{x}}", File.ReadAllText(folder.At("a/b/c.txt")));
        Assert.Single(Directory.GetFileSystemEntries(folder.At("a/b")));
    }

    [Fact]
    public async Task Replace_removes_what_a_process_left_that_was_killed_while_it_replaced_the_same_file()
    {
        using var folder = new TestFolder();
        string left = $".{Convert.ToHexStringLower(SHA256.HashData("c.txt"u8).AsSpan(0, 8))}.random.tmp";
        File.WriteAllText(folder.At(left), "half");
        File.WriteAllText(folder.At(".other.tmp"), "mine");

        await HandlerOn(folder).HandleAsync(new TestRun("{'path': 'c.txt', 'mode': 'replace', 'content': 'x'}"));

        Assert.Equal([folder.At(".other.tmp"), folder.At("c.txt")], Directory.GetFileSystemEntries(folder.At("")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Append_adds_to_the_end()
    {
        using var folder = new TestFolder();

        for (int i = 0; i < 3; i++)
        {
            await HandlerOn(folder).HandleAsync(new TestRun("{'path': 'log', 'mode': 'append', 'content': '{{instant}}\\n'}"));
        }

        Assert.Equal("2026-03-04T05:06:07.000Z\n2026-03-04T05:06:07.000Z\n2026-03-04T05:06:07.000Z\n", File.ReadAllText(folder.At("log")));
    }

    [Fact]
    public async Task A_declared_read_is_stored_as_JSON_and_read_back()
    {
        using var folder = new TestFolder();
        JsonValue value = JsonValue.Parse("""{"a": [1, "é", null]}""");
        var store = new TestRun("{'path': 'v.json', 'mode': 'replace', 'read': {'v': 'doc'}, 'content_from': 'v'}");
        store.Documents["doc"] = value;
        await HandlerOn(folder).HandleAsync(store);
        var json = new TestRun("{'path': 'v.json', 'mode': 'read', 'as': 'json', 'write': 'out'}");
        var text = new TestRun("{'path': 'v.json', 'mode': 'read', 'write': 'out'}");

        await HandlerOn(folder).HandleAsync(json);
        await HandlerOn(folder).HandleAsync(text);

        Assert.Equal(value, json.Writes["out"]);
        Assert.Equal("{\"a\":[1,\"é\",null]}", text.Writes["out"].AsText());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\\\\b")]
    [InlineData("c:x")]
    [InlineData("")]
    public async Task A_path_that_could_lead_out_is_refused_before_anything_happens(string path)
    {
        using var folder = new TestFolder();

        SchedulerException fault = await new TestRun($"{{'path': '{path}', 'mode': 'replace', 'content': 'x'}}").FailsAsync(HandlerOn(folder));

        Assert.Equal((ErrorCodes.RequestInvalid, "payload.path"), (fault.Code, fault.Details["field"]));
    }

    [Theory]
    [InlineData("folder/x")]
    [InlineData("file")]
    [InlineData("dangling")]
    public async Task Symbolic_links_are_refused(string path)
    {
        using var outside = new TestFolder();
        using var folder = new TestFolder();
        File.WriteAllText(outside.At("x"), "secret");
        Directory.CreateSymbolicLink(folder.At("folder"), outside.Path);
        File.CreateSymbolicLink(folder.At("file"), outside.At("x"));
        File.CreateSymbolicLink(folder.At("dangling"), outside.At("new"));

        foreach (string rest in (string[])["'mode': 'read', 'write': 'out'", "'mode': 'append', 'content': 'x'", "'mode': 'replace', 'content': 'x'"])
        {
            SchedulerException fault = await new TestRun($"{{'path': '{path}', {rest}}}").FailsAsync(HandlerOn(folder));
            Assert.Equal(HandlerErrorCodes.FilePathRefused, fault.Code);
        }

        Assert.Equal(["x"], Directory.GetFiles(outside.Path).Select(Path.GetFileName));
        Assert.Equal("secret", File.ReadAllText(outside.At("x")));
    }

    [Fact]
    public async Task What_is_missing_or_too_large_is_told()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.At("large"), new string('x', 101));

        async Task<string> CodeOf(string payload) => (await new TestRun(payload).FailsAsync(HandlerOn(folder))).Code;

        Assert.Equal(HandlerErrorCodes.FileNotFound, await CodeOf("{'path': 'none', 'mode': 'read', 'write': 'out'}"));
        Assert.Equal(HandlerErrorCodes.FileNotFound, await CodeOf("{'path': 'no/ne', 'mode': 'read', 'write': 'out'}"));
        Assert.Equal(HandlerErrorCodes.FileTooLarge, await CodeOf("{'path': 'large', 'mode': 'read', 'write': 'out'}"));
        Assert.Equal(HandlerErrorCodes.ContentTooLarge, await CodeOf($"{{'path': 'a', 'mode': 'replace', 'content': '{new string('x', 101)}'}}"));
        Assert.Equal(HandlerErrorCodes.ValueAbsent, await CodeOf("{'path': 'a', 'mode': 'replace', 'read': {'v': 'doc'}, 'content': '{{v}}'}"));
        Assert.Equal(HandlerErrorCodes.FileFailed, await CodeOf("{'path': 'large/b', 'mode': 'replace', 'content': 'x'}"));
        Assert.False(File.Exists(folder.At("a")));
    }

    [Theory]
    [InlineData("{'path': 'a', 'mode': 'delete'}", "payload.mode")]
    [InlineData("{'path': 'a', 'mode': 'replace'}", "payload.content")]
    [InlineData("{'path': 'a', 'mode': 'read'}", "payload.write")]
    [InlineData("{'path': 'a', 'mode': 'read', 'write': 'o', 'as': 'xml'}", "payload.as")]
    [InlineData("{'path': 'a', 'mode': 'read', 'write': 'o', 'content': 'x'}", "payload.content")]
    [InlineData("{'path': 'a', 'mode': 'replace', 'content': '{{v}}'}", "payload.content")]
    [InlineData("{'path': 'a', 'mode': 'replace', 'content': '{{run'}", "payload.content")]
    [InlineData("{'path': 'a', 'mode': 'replace', 'content_from': 'v'}", "payload.content_from")]
    public void A_wrong_payload_is_refused_by_field(string payload, string field)
    {
        var fault = Assert.Throws<SchedulerException>(() => FilePayload.Of(JsonValue.Parse(payload.Replace('\'', '"'))));

        Assert.Equal((ErrorCodes.RequestInvalid, field), (fault.Code, fault.Details["field"]));
    }

    private static FileHandler HandlerOn(TestFolder folder) => new(new FileHandlerOptions { Root = folder.Path, ReadBytesMax = 100, WriteBytesMax = 100 });
}
