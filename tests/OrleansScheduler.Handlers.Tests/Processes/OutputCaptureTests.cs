using System.Text;

namespace OrleansScheduler.Handlers.Processes;

public sealed class OutputCaptureTests
{
    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 3)]
    [InlineData(10, 100)]
    [InlineData(7, 4)]
    [InlineData(1, 2)]
    public void The_first_and_the_last_half_are_kept(int max, int chunk)
    {
        for (int length = 0; length < 40; length++)
        {
            string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('0' + i)));
            OutputCapture capture = Capture(max, chunk, Encoding.ASCII.GetBytes(text));

            string expected = length <= max ? text : $"{text[..((max + 1) / 2)]}\n[{length - max} bytes left out]\n{text[(length - (max / 2))..]}";
            Assert.Equal(expected, capture.ToString());
            Assert.Equal(length > max, capture.IsTruncated);
        }
    }

    [Fact]
    public void A_character_that_the_limit_cuts_is_left_out()
    {
        OutputCapture capture = Capture(8, 5, Encoding.UTF8.GetBytes("abcé-----😀"[..] + "yz"));

        Assert.StartsWith("abc\n[", capture.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("]\nyz", capture.ToString(), StringComparison.Ordinal);
    }

    private static OutputCapture Capture(int max, int chunk, byte[] bytes)
    {
        var capture = new OutputCapture(max);
        foreach (byte[] part in bytes.Chunk(chunk))
        {
            capture.Add(part);
        }

        return capture;
    }
}
