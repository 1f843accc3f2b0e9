using OrleansScheduler.Core.Handlers;
using Xunit;

namespace OrleansScheduler.Core.Tests.Handlers;

public sealed class RunLogTests
{
    [Fact]
    public void A_short_log_is_kept_whole()
    {
        var log = new RunLog();
        log.Add("one\n");
        log.Add("two\n");

        Assert.Equal("one\ntwo\n", log.ToString());
    }

    [Fact]
    public void Of_a_long_log_both_ends_are_kept_and_the_gap_is_named()
    {
        var log = new RunLog();
        for (int line = 0; line < 1_000; line++)
        {
            log.Add($"line {line:0000}\n");
        }

        string text = log.ToString();

        Assert.StartsWith("line 0000\nline 0001\n", text, StringComparison.Ordinal);
        Assert.EndsWith("line 0998\nline 0999\n", text, StringComparison.Ordinal);
        Assert.Contains("... 6000 characters left out ...", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 4_000, 4_100);
    }
}
