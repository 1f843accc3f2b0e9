using System.Text.Json;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class ContentHashTests
{
    [Fact]
    public void Text_and_json_give_the_same_hash_back() => Seeded.Rounds(1_000, random =>
    {
        var hash = new ContentHash((ulong)random.NextInt64(), (ulong)random.NextInt64() >> random.Next(64));

        Assert.Equal(hash, ContentHash.Parse(hash.ToString()));
        Assert.Equal(hash, JsonSerializer.Deserialize<ContentHash>(JsonSerializer.Serialize(hash)));
        Assert.Equal(32, hash.ToString().Length);
    });

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef 123456789abcdef")]
    [InlineData("+123456789abcdef0123456789abcdef")]
    [InlineData("g123456789abcdef0123456789abcdef")]
    public void Other_texts_are_refused(string text)
    {
        Assert.False(ContentHash.TryParse(text, out _));
        Assert.Equal(ErrorCodes.IdInvalid, Assert.Throws<SchedulerException>(() => ContentHash.Parse(text)).Code);
    }
}
