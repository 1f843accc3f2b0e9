using System.Text.Json;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class DocumentIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("quakes/2026", false)]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("[~] é\U0001F600")]
    public void Texts_are_checked_once(string text, bool isValid = true)
    {
        Assert.Equal(isValid, DocumentId.TryParse(text, out var id));
        if (isValid)
        {
            Assert.Equal(text, id.ToString());
            Assert.Equal(id, JsonSerializer.Deserialize<DocumentId>(JsonSerializer.Serialize(id)));
        }
        else
        {
            Assert.Equal(ErrorCodes.PathInvalid, Assert.Throws<SchedulerException>(() => DocumentId.Parse(text)).Code);
        }
    }

    [Fact]
    public void Length_is_limited()
    {
        Assert.Equal(256, DocumentId.Parse(new string('x', 256)).ToString().Length);
        Assert.False(DocumentId.TryParse(new string('x', 257), out _));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.False(DocumentId.TryParse("a\ud800", out _));

    [Fact]
    public void An_unset_id_throws_when_written()
    {
        Assert.Throws<InvalidOperationException>(() => default(DocumentId).ToString());
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(default(DocumentId)));
    }

    [Fact]
    public void Serialized_ids_that_do_not_parse_keep_their_code()
    {
        var fault = Assert.Throws<SchedulerException>(() => JsonSerializer.Deserialize<DocumentId>("\"a/b\""));

        Assert.Equal(ErrorCodes.PathInvalid, fault.Code);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DocumentId>("1"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DocumentId>("null"));
    }
}
