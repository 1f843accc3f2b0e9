using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Histories;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage;

public sealed class FrameTests
{
    [Fact]
    public void What_was_sealed_is_opened_again() => Seeded.Rounds(50, random =>
    {
        byte[] content = new byte[random.Next(100)];
        random.NextBytes(content);

        string? fault = Frame.Open(Frame.Seal(7, content), 7, out byte format, out var opened);

        Assert.Null(fault);
        Assert.Equal(7, format);
        Assert.Equal(content, opened.ToArray());
    });

    [Fact]
    public void A_newer_format_is_told_from_damage()
    {
        string? newer = Frame.Open(Frame.Seal(8, [1, 2, 3]), 7, out byte format, out _);
        string? older = Frame.Open(Frame.Seal(6, [1, 2, 3]), 7, out _, out _);

        Assert.Contains("newer", newer, StringComparison.Ordinal);
        Assert.Equal(8, format);
        Assert.Null(older);
    }
}
