using OrleansScheduler.Core.Storage.Files;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atomic").FullName;

    private string Target => Path.Combine(_folder, "calendar.ics");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_is_created_and_replaced()
    {
        await AtomicFile.ReplaceAsync(Target, "one"u8.ToArray(), CancellationToken.None);
        await AtomicFile.ReplaceAsync(Target, "two"u8.ToArray(), CancellationToken.None);

        Assert.Equal("two", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_secret_is_for_its_owner_only_even_while_it_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of another kind.");
        UnixFileMode? during = null;

        await AtomicFile.ReplaceAsync(
            Target,
            async (stream, token) =>
            {
                await stream.WriteAsync("secret"u8.ToArray(), token);
                during = ModeOf(Assert.Single(Directory.GetFileSystemEntries(_folder)));
            },
            CancellationToken.None,
            isSecret: true);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal((Owner, Owner), (during, ModeOf(Target)));
    }

    [Fact]
    public async Task The_old_file_survives_a_writer_that_fails_in_the_middle()
    {
        await AtomicFile.ReplaceAsync(Target, "old"u8.ToArray(), CancellationToken.None);

        await Assert.ThrowsAsync<FormatException>(() => AtomicFile.ReplaceAsync(
            Target,
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                throw new FormatException();
            },
            CancellationToken.None));

        Assert.Equal("old", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task The_old_file_survives_a_cancellation()
    {
        await AtomicFile.ReplaceAsync(Target, "old"u8.ToArray(), CancellationToken.None);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.ReplaceAsync(
            Target,
            async (stream, _) =>
            {
                await stream.WriteAsync("new"u8.ToArray());
                await cancellation.CancelAsync();
            },
            cancellation.Token));

        Assert.Equal("old", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task What_cannot_be_replaced_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Target);

        await Assert.ThrowsAnyAsync<Exception>(() => AtomicFile.ReplaceAsync(Target, "new"u8.ToArray(), CancellationToken.None));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => AtomicFile.ReplaceAsync(Path.Combine(_folder, "none", "x"), "new"u8.ToArray(), CancellationToken.None));

        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task What_a_process_left_that_was_killed_is_removed_when_the_same_target_is_replaced()
    {
        string left = await TemporaryOfAsync(Target);
        string other = await TemporaryOfAsync(Path.Combine(_folder, "other.ics"));
        string strange = Path.Combine(_folder, ".mine.tmp");
        foreach (string file in new[] { left, other, strange })
        {
            await File.WriteAllTextAsync(file, "half");
        }

        await AtomicFile.ReplaceAsync(Target, "new"u8.ToArray(), CancellationToken.None);

        Assert.Equal(new[] { other, strange, Target }.Order(), Directory.GetFileSystemEntries(_folder).Order());
    }

    [Fact]
    public async Task What_another_is_writing_is_not_removed()
    {
        await AtomicFile.ReplaceAsync(
            Target,
            async (stream, token) =>
            {
                await stream.WriteAsync("last"u8.ToArray(), token);
                await AtomicFile.ReplaceAsync(Target, "first"u8.ToArray(), token);
            },
            CancellationToken.None);

        Assert.Equal("last", await File.ReadAllTextAsync(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_file_whose_folder_cannot_be_flushed_is_not_put_in_place()
    {
        string temporary = Path.Combine(_folder, "draft");
        await File.WriteAllTextAsync(temporary, "new");

        Assert.Throws<IOException>(() => AtomicFile.PutInPlace(temporary, Target, _ => throw new IOException("Told to fail.")));
        string[] after = Directory.GetFileSystemEntries(_folder);
        AtomicFile.PutInPlace(temporary, Target);

        Assert.Equal([temporary], after);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Permissions_are_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions.");
        await AtomicFile.ReplaceAsync(Target, "old"u8.ToArray(), CancellationToken.None);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await AtomicFile.ReplaceAsync(Target, "new"u8.ToArray(), CancellationToken.None);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        }
    }

    [Fact]
    public async Task A_relative_path_is_a_mistake() => await Assert.ThrowsAsync<ArgumentException>(
        () => AtomicFile.ReplaceAsync("calendar.ics", "new"u8.ToArray(), CancellationToken.None));

    // Under which name a target is written.
    private async Task<string> TemporaryOfAsync(string target)
    {
        string temporary = "";
        await Assert.ThrowsAsync<FormatException>(() => AtomicFile.ReplaceAsync(
            target,
            (_, _) =>
            {
                temporary = Assert.Single(Directory.GetFiles(_folder, ".*.tmp"));
                throw new FormatException();
            },
            CancellationToken.None));
        return temporary;
    }

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);
}
