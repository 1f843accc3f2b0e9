using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonObjectTests
{
    [Fact]
    public void Behaves_as_a_sorted_dictionary_on_both_sides_of_its_size_boundary() => Seeded.Rounds(300, random =>
    {
        var model = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
        var actual = JsonObject.Empty;
        var keys = Enumerable.Range(0, 10 + random.Next(25)).Select(i => random.Next(3) == 0 ? $"é{i}" : $"K{i % 7}{i}").Distinct().ToArray();

        for (var i = 0; i < 150; i++)
        {
            var key = keys[random.Next(keys.Length)];
            var before = actual;
            var textBefore = before.ToString();
            if (random.Next(5) < 3)
            {
                JsonValue value = random.Next(1000);
                model[key] = value;
                actual = actual.With(key, value);
            }
            else
            {
                Assert.Equal(!model.Remove(key), ReferenceEquals(actual, actual = actual.Without(key)));
            }

            AssertMatches(model, actual, keys);
            Assert.Equal(textBefore, before.ToString());
        }
    });

    [Fact]
    public void Histories_leave_no_trace_in_equality_and_hashes() => Seeded.Rounds(200, random =>
    {
        var pairs = Enumerable.Range(0, 5 + random.Next(25)).Select(i => KeyValuePair.Create($"k{i}", (JsonValue)i)).ToArray();
        var expected = JsonObject.FromPairs(pairs);
        random.Shuffle(pairs);

        var actual = JsonObject.Empty;
        foreach (var (key, value) in pairs)
        {
            actual = actual.With(key + "-", 0).With(key, "other").With(key, value);
        }

        foreach (var (key, _) in pairs)
        {
            _ = actual.ShapeHash;
            actual = actual.Without(key + "-");
        }

        Assert.True(JsonValue.Same(expected, actual));
        Assert.True(JsonValue.SameShape(expected, actual));
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected.ShapeHash, actual.ShapeHash);
    });

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void Writing_the_same_reference_changes_nothing_and_another_text_does(int count)
    {
        JsonValue one = JsonValue.Parse("1.0");
        var value = JsonObject.FromPairs(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", one)));

        Assert.Same(value, value.With("k0", one));
        Assert.Same(value, value.Without("absent"));
        Assert.Equal("1", value.With("k0", 1)["k0"]!.ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public void A_replaced_value_keeps_the_shape_and_changes_the_hash(int count)
    {
        var before = JsonObject.FromPairs(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (JsonValue)i)));

        var after = before.With("k1", "new");

        Assert.True(JsonValue.SameShape(before, after));
        Assert.Equal(before.ShapeHash, after.ShapeHash);
        Assert.NotEqual(before.Hash, after.Hash);
        Assert.NotEqual(before.ShapeHash, after.With("new", 0).ShapeHash);
    }

    [Fact]
    public void Duplicates_are_refused_when_building()
    {
        var ofPairs = Assert.Throws<SchedulerException>(() => JsonObject.Of(("a", 1), ("b", 2), ("a", 3)));
        var many = Enumerable.Range(0, 50).Append(3).Select(i => KeyValuePair.Create($"k{i}", (JsonValue)i));
        var fromPairs = Assert.Throws<SchedulerException>(() => JsonObject.FromPairs(many));

        Assert.Equal((ErrorCodes.JsonDuplicateKey, "a"), (ofPairs.Code, ofPairs.Details["key"]));
        Assert.Equal((ErrorCodes.JsonDuplicateKey, "k3"), (fromPairs.Code, fromPairs.Details["key"]));
    }

    [Fact]
    public void Null_references_are_mistakes()
    {
        Assert.Throws<ArgumentNullException>(() => JsonObject.Empty.With("a", null!));
        Assert.Throws<ArgumentNullException>(() => JsonObject.Empty.With(null!, 1));
        Assert.Throws<ArgumentNullException>(() => JsonObject.Of(("a", null!)));
    }

    [Fact]
    public void A_change_of_a_large_object_does_not_copy_it()
    {
        var large = JsonObject.FromPairs(Enumerable.Range(0, 100_000).Select(i => KeyValuePair.Create($"k{i}", (JsonValue)i)));
        _ = large.With("k5", "warm");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var changed = large.With("k5", JsonNull.Instance);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Same(JsonNull.Instance, changed["k5"]);
        Assert.InRange(allocated, 0, 4096);
    }

    private static void AssertMatches(SortedDictionary<string, JsonValue> model, JsonObject actual, string[] keys)
    {
        Assert.Equal(model.Count, actual.Count);
        Assert.Equal(model.Keys, actual.Keys);
        Assert.Equal(model.Values, actual.Select(pair => pair.Value), ReferenceEqualityComparer.Instance);
        foreach (var key in keys)
        {
            Assert.Equal(model.TryGetValue(key, out var expected), actual.TryGet(key, out var found));
            Assert.Same(expected, found);
            Assert.Same(expected, actual.Child(PathStep.OfKey(key)));
        }
    }
}
