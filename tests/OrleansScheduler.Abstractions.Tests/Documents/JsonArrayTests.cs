using System.Collections.Immutable;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonArrayTests
{
    [Fact]
    public void Behaves_as_a_list() => Seeded.Rounds(300, random =>
    {
        var model = new List<JsonValue>();
        var actual = JsonArray.Empty;

        for (var i = 0; i < 60; i++)
        {
            JsonValue value = random.Next(1000);
            var index = random.Next(model.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    model.Insert(index, value);
                    actual = actual.Insert(index, value);
                    break;
                case 1 when index < model.Count:
                    model.RemoveAt(index);
                    actual = actual.Without(index);
                    break;
                default:
                    model.RemoveRange(index, index < model.Count ? 1 : 0);
                    model.Insert(index, value);
                    actual = actual.With(index, value);
                    break;
            }

            Assert.Equal(model, actual.Items, ReferenceEqualityComparer.Instance);
        }
    });

    [Fact]
    public void Writing_the_same_reference_changes_nothing()
    {
        JsonValue item = "x";
        var value = JsonArray.Of(1, item);

        Assert.Same(value, value.With(1, item));
        Assert.Same(JsonArray.Empty, JsonArray.Of(1).Without(0));
        Assert.Same(JsonArray.Empty, JsonArray.FromItems(default));
    }

    [Fact]
    public void Shape_is_the_length_alone()
    {
        var value = JsonArray.Of(1, 2);

        Assert.True(JsonValue.SameShape(value, JsonArray.Of("a", JsonNull.Instance)));
        Assert.Equal(value.ShapeHash, value.With(0, "other").ShapeHash);
        Assert.NotEqual(value.ShapeHash, value.With(2, 3).ShapeHash);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Indexes_outside_the_array_are_mistakes(int index)
    {
        var value = JsonArray.Of(1, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => value.With(index, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => value.Insert(index, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => value.Without(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonArray.Empty.Without(0));
    }

    [Fact]
    public void Null_references_are_mistakes()
    {
        Assert.Throws<ArgumentNullException>(() => JsonArray.FromItems(ImmutableArray.Create(new JsonValue[] { null! })));
        Assert.Throws<ArgumentNullException>(() => JsonArray.Empty.With(0, null!));
        Assert.Throws<ArgumentNullException>(() => JsonArray.Empty.Insert(0, null!));
    }
}
