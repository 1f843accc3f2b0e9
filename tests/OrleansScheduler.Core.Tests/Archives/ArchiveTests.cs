using System.Security.Cryptography;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Core.Tests.Archives.SampleArchive;

namespace OrleansScheduler.Core.Tests.Archives;

public sealed class ArchiveTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task What_is_written_is_read(int pieceBytes)
    {
        var sample = Create();
        byte[] archive = await sample.WriteAsync();

        var (summary, sink) = await ReadAsync(archive, pieceBytes);

        Assert.Equal(sample.Header, summary.Header);
        Assert.Equal(Texts(sample.Read()), Texts(sink.Taken));
        Assert.Equal((4, 2, 3, 1, 2), (summary.Totals.Actors, summary.Totals.Pages, summary.Totals.Entries, summary.Totals.States, summary.Totals.Wakeups));
        Assert.Equal((1, 3), (summary.Kinds["clock"], summary.Kinds["space"]));
        Assert.Equal(archive.Length, summary.Bytes);
        Assert.All(archive, one => Assert.InRange(one, (byte)'\n', (byte)'~'));
    }

    [Fact]
    public async Task An_empty_deployment_has_an_archive()
    {
        var (summary, sink) = await ReadAsync(await new SampleArchive().WriteAsync());

        Assert.Empty(sink.Taken);
        Assert.Equal(2, summary.Totals.Lines);
    }

    [Fact]
    public async Task The_hash_is_over_every_byte_before_it()
    {
        byte[] archive = await Create().WriteAsync();

        var (summary, _) = await ReadAsync(archive);

        int at = archive.AsSpan().LastIndexOf(",\"sha256\""u8);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(archive.AsSpan(0, at))), summary.Hash);
    }

    [Fact]
    public async Task Cut_off_anywhere_it_is_refused()
    {
        byte[] archive = await Create().WriteAsync();

        for (int length = 0; length < archive.Length; length++)
        {
            var fault = await Assert.ThrowsAsync<SchedulerException>(() => ReadAsync(archive[..length]));

            Assert.Equal(ErrorCodes.ArchiveInvalid, fault.Code);
            int line = archive.AsSpan(0, length).Count((byte)'\n') + 1;
            Assert.Equal($"{line}", fault.Details["line"]);
        }
    }

    [Fact]
    public async Task With_any_byte_changed_it_is_refused()
    {
        byte[] archive = await Create().WriteAsync();

        for (int at = 0; at < archive.Length; at++)
        {
            foreach (byte change in new byte[] { 1, 32 })
            {
                byte[] edited = [.. archive];
                edited[at] ^= change;

                var fault = await Assert.ThrowsAnyAsync<SchedulerException>(() => ReadAsync(edited));

                Assert.Contains(fault.Code, new[] { ErrorCodes.ArchiveInvalid, ErrorCodes.StorageFormat });
            }
        }
    }

    [Fact]
    public async Task Without_any_of_its_lines_it_is_refused()
    {
        string[] lines = System.Text.Encoding.ASCII.GetString(await Create().WriteAsync()).TrimEnd('\n').Split('\n');

        for (int left = 0; left < lines.Length; left++)
        {
            string rest = string.Concat(lines.Where((_, index) => index != left).Select(line => line + "\n"));

            var fault = await Assert.ThrowsAsync<SchedulerException>(() => ReadAsync(Bytes(rest)));

            Assert.Equal(ErrorCodes.ArchiveInvalid, fault.Code);
        }
    }

    [Fact]
    public async Task Nothing_may_follow_the_trailer()
    {
        byte[] archive = [.. await Create().WriteAsync(), (byte)'\n'];

        var fault = await Assert.ThrowsAsync<SchedulerException>(() => ReadAsync(archive));

        Assert.Equal("nothing after the trailer", fault.Details["expected"]);
    }

    [Fact]
    public async Task A_newer_format_is_refused_by_its_number_alone()
    {
        byte[] archive = Bytes("""{"line":"header","format":2,"moon":"full"}""" + "\n{}\n");

        var fault = await Assert.ThrowsAsync<StorageException>(() => ReadAsync(archive));

        Assert.Equal((ErrorCodes.StorageFormat, "2", "1"), (fault.Code, fault.Details["format"], fault.Details["known"]));
    }

    [Fact]
    public async Task A_damaged_frame_is_refused_even_under_a_hash_that_fits()
    {
        byte[] framed = Framed("one");
        framed[^1] ^= 1;

        // The writer refuses it, so the archive is made by hand.
        string text = System.Text.Encoding.ASCII.GetString(await new SampleArchive(Actor("space", "a", entries: 1), new ArchivePart.Entry(1, Framed("one"))).WriteAsync());
        string edited = text.Replace(Convert.ToBase64String(Framed("one")), Convert.ToBase64String(framed), StringComparison.Ordinal);

        var fault = await Assert.ThrowsAsync<SchedulerException>(() => ReadAsync(Bytes(Rehash(edited))));

        Assert.Equal("3", fault.Details["line"]);
        Assert.Contains("its checksum does not fit", fault.Details["expected"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"position\":6", "\"position\":8", "position 6")]
    [InlineData("\"entries\":2", "\"entries\":3", "entry 3 of 3 of space/a/b")]
    [InlineData("\"states\":1,\"wakeups\"", "\"states\":2,\"wakeups\"", "the trailer to say what the archive holds")]
    [InlineData("\"kind\":\"clock\"", "\"kind\":\"tower\"", "an actor after tower/7")]
    [InlineData("\"name\":\"d/00\"", "\"name\":\"z\"", "a name after 'z'")]
    [InlineData("\"epoch\":3", "\"epoch\":0", "'epoch' to be a whole number from 1 to 4000")]
    [InlineData("\"key\":\"7\"", "\"key\":\"7\",\"more\":1", "no member 'more'")]
    [InlineData("\"key\":\"7\"", "\"key\":\"7\",\"key\":\"7\"", "no member 'key' twice")]
    public async Task What_does_not_fit_together_is_refused_under_any_hash(string old, string other, string expected)
    {
        string text = System.Text.Encoding.ASCII.GetString(await Create().WriteAsync());

        var fault = await Assert.ThrowsAsync<SchedulerException>(
            () => ReadAsync(Bytes(Rehash(text.Replace(old, other, StringComparison.Ordinal)))));

        Assert.Contains(expected, fault.Details["expected"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_contents_go_over_several_lines()
    {
        byte[] content = new byte[(2 * ArchiveFormat.PartBytesMax) + 1];
        new Random(1).NextBytes(content);
        byte[] archive = await new SampleArchive(Actor("space", "a", states: 1), new ArchivePart.State("s", content)).WriteAsync();

        var (summary, sink) = await ReadAsync(archive);

        Assert.Equal(6, summary.Totals.Lines);
        Assert.True(content.AsSpan().SequenceEqual(Assert.IsType<ArchivePart.State>(sink.Taken[1]).Content.Span));
        Assert.All(System.Text.Encoding.ASCII.GetString(archive).Split('\n'), line => Assert.InRange(line.Length, 0, ArchiveFormat.LineBytesMax));
    }

    [Fact]
    public async Task What_is_left_out_is_said()
    {
        var damage = new ArchiveDamage("space/a", "log 7", "its checksum does not fit");

        var (summary, _) = await ReadAsync(await new SampleArchive { Damaged = [damage] }.WriteAsync());

        Assert.Equal([damage], summary.Totals.Damaged);
    }

    [Theory]
    [InlineData("\u00e9", "z")]
    [InlineData("a\U0001F600", "a\uffee")]
    [InlineData("aa", "a")]
    [InlineData("\U0001F600", "\U0001F5FF")]
    public void Keys_are_in_the_order_of_their_bytes(string greater, string less)
    {
        Assert.True(ArchiveKeyOrder.Compare(greater, less) > 0);
        Assert.True(ArchiveKeyOrder.Compare(less, greater) < 0);
        Assert.Equal(0, ArchiveKeyOrder.Compare(less, less));
    }

    // As somebody would who edits an archive on purpose.
    private static string Rehash(string text)
    {
        string rest = text[..text.LastIndexOf(",\"sha256\"", StringComparison.Ordinal)];
        return $"{rest},\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(Bytes(rest)))}\"}}\n";
    }
}
