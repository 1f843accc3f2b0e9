using System.Globalization;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonPointerTests
{
    // The pointers of RFC 6901, section 5.
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("/foo/0", new[] { "foo", "0" })]
    [InlineData("/", new[] { "" })]
    [InlineData("/a~1b", new[] { "a/b" })]
    [InlineData("/c%d", new[] { "c%d" })]
    [InlineData("/i\\j", new[] { "i\\j" })]
    [InlineData("/k\"l", new[] { "k\"l" })]
    [InlineData("/ ", new[] { " " })]
    [InlineData("/m~0n", new[] { "m~n" })]
    [InlineData("/~01", new[] { "~1" })]
    [InlineData("/a[0]//", new[] { "a[0]", "", "" })]
    public void Tokens_come_unescaped(string text, string[] tokens) => Assert.Equal(tokens, JsonPointer.Parse(text));

    [Theory]
    [InlineData("a", 0)]
    [InlineData("/a~", 2)]
    [InlineData("/a/b~2", 4)]
    public void Faults_are_reported_at_their_position(string text, int position)
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonPointer.Parse(text));

        Assert.Equal(ErrorCodes.PathInvalid, fault.Code);
        Assert.Equal(position, int.Parse(fault.Details["position"], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Tokens_are_limited()
    {
        Assert.Equal(64, JsonPointer.Parse(string.Concat(Enumerable.Repeat("/a", 64))).Length);
        Assert.Throws<SchedulerException>(() => JsonPointer.Parse(string.Concat(Enumerable.Repeat("/a", 65))));
        Assert.Throws<SchedulerException>(() => JsonPointer.Parse("/" + new string('k', 1025)));
    }
}
