using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Tidy.Contracts;

/// <summary>Random values of the types that no constructor explains, nasty ones among them.</summary>
internal static class SampleValues
{
    private static readonly string[] Texts =
        ["", "a", "Alaska~[0]", "quote \" and \\", "line\nbreak\u0001", "é 漢 \U0001F600", "null", "<script>&'+"];

    private static readonly string[] Json =
    [
        "null", "true", "0", "-0", "1.0", "10e-1", "1e400", "123456789012345678901234567890", "\"\"", "\"a\\u0000\\ud83d\\ude00\"", "[]", "{}",
        "[null,[1,{}]]", "{\"b\":null,\"a\":[{\"kind\":\"x\"}],\"\":1.50}",
    ];

    private static readonly FrozenDictionary<Type, Func<Random, object>> Recipes = new Dictionary<Type, Func<Random, object>>
    {
        [typeof(bool)] = random => random.Next(2) == 0,
        [typeof(int)] = random => Pick(random, [0, 1, -1, int.MaxValue, int.MinValue, random.Next()]),
        [typeof(long)] = random => Pick(random, [0, 1, -1, long.MaxValue, long.MinValue, random.NextInt64()]),
        [typeof(double)] = random => Pick(random, [0, -1.5, 0.1, 1e300, random.NextDouble()]),
        [typeof(string)] = random => Pick(random, Texts),
        [typeof(DateTimeOffset)] = random => new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero),

        [typeof(DateOnly)] = random => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)),

        // What is below a microsecond is dropped by design; see Duration.
        [typeof(TimeSpan)] = random => Pick(
            random, [TimeSpan.Zero, TimeSpan.FromMicroseconds(1), TimeSpan.FromDays(36_500), TimeSpan.FromMicroseconds(random.NextInt64(1L << 40))]),
        [typeof(DocumentId)] = random => DocumentId.Parse(Pick(random, ["quakes", "a b", "[~]é", "\U0001F600", new string('x', 256)])),
        [typeof(JsonPath)] = random => JsonPath.Parse(Pick(random, ["", "/a", "[0]", "/~0~1~2/é[2147483646]", "/"])),
        [typeof(Address)] = random => Address.Parse(Pick(random, ["", "quakes", "quakes/features[3]/mag", "~2~0[0]/", "a/~0~1~2"])),
        [typeof(ContentHash)] = random => new ContentHash((ulong)random.NextInt64(), (ulong)random.NextInt64() >> random.Next(64)),
        [typeof(JsonValue)] = random => JsonValue.Parse(Pick(random, Json)),
        [typeof(ActionId)] = random => ActionId.Of(Pick(random, ["strongest Alaska", "é", ".", new string('x', 100)]), $"{random.Next():x8}"),
        [typeof(SpaceId)] = random => SpaceId.Of("owner", Pick(random, ["a", "A.b-c_9", new string('x', 100)])),
        [typeof(ScheduleId)] = random => NextSchedule(random),
        [typeof(RunId)] = random => RunId.Of(NextSchedule(random), $"{random.Next():x8}", Pick(random, [1, long.MaxValue])),
    }.ToFrozenDictionary();

    /// <summary>True, and a value, when there is a recipe for the type or it is an enum.</summary>
    public static bool TryTake(Type type, Random random, [NotNullWhen(true)] out object? value)
    {
        value = type.IsEnum ? Pick(random, [.. Enum.GetValues(type).Cast<object>()])
            : Recipes.TryGetValue(type, out var recipe) ? recipe(random)
            : null;
        return value is not null;
    }

    private static ScheduleId NextSchedule(Random random) => ScheduleId.Of("owner", Pick(random, ["nightly", "a.b", "-_."]));

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
