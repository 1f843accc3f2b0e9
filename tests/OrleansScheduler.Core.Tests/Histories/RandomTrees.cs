using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Tests.Histories;

/// <summary>Random values and addresses from small, nasty alphabets, so that they meet, nearly meet and come back often.</summary>
internal sealed class RandomTrees(Random random)
{
    private static readonly string[] Documents = ["a", "b", "0", "~", "[0]", "é", "\U0001F600"];

    private static readonly string[] Keys = ["", "0", "1", "a", "A", "b", "a/b", "~1", "[0]", "ä"];

    // Several texts of one number are one value.
    private static readonly string[] Scalars = ["null", "true", "false", "0", "-0", "1", "1.0", "10e-1", "2", "\"\"", "\"1\"", "\"a\""];

    public T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public DocumentId Document() => DocumentId.Parse(Pick(Documents));

    public JsonValue Value(int depthMax = 3)
    {
        switch (depthMax == 0 ? 0 : random.Next(6))
        {
            case 3 or 4:
                return Items(depthMax);
            case 5:
                return Members(depthMax);
            default:
                // Never the same object twice: equality has to be found out, not to be lucky with.
                return JsonValue.Parse(Pick(Scalars));
        }
    }

    /// <summary>A value that is equal to another one, or nearly.</summary>
    public JsonValue Neighbour(JsonValue value)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members when random.Next(4) > 0:
                string key = Pick(members.Keys.ToList());
                return random.Next(6) == 0 ? members.Without(key) : members.With(key, Neighbour(members[key]!));
            case JsonArray { Count: > 0 } items when random.Next(4) > 0:
                int index = random.Next(items.Count);
                return random.Next(6) == 0 ? items.Without(index) : items.With(index, Neighbour(items[index]));
            default:
                return random.Next(2) == 0 ? JsonValue.Parse(value.ToString()) : Value(1);
        }
    }

    /// <summary>An address that mostly leads along what is there, and sometimes beyond or beside it.</summary>
    public Address Place(JsonObject root)
    {
        DocumentId document = root.Count > 0 && random.Next(4) > 0 ? DocumentId.Parse(Pick(root.Keys.ToList())) : Document();
        JsonValue? value = root[document.ToString()];
        JsonPath path = JsonPath.Root;
        while (path.Length < 6 && random.Next(4) > 0)
        {
            PathStep step = Step(value);
            value = value?.Child(step);
            path = path.Then(step);
        }

        return Address.Of(document, path);
    }

    private PathStep Step(JsonValue? value) => value switch
    {
        JsonObject { Count: > 0 } members when random.Next(4) > 0 => PathStep.OfKey(Pick(members.Keys.ToList())),
        JsonArray items when random.Next(8) > 0 => PathStep.OfIndex(random.Next(items.Count + 1)),
        _ => random.Next(4) == 0 ? PathStep.OfIndex(random.Next(3)) : PathStep.OfKey(Pick(Keys)),
    };

    // Elements are often like those beside them, so that moving them up or down changes little.
    private JsonArray Items(int depthMax)
    {
        JsonArray items = JsonArray.Empty;
        int count = random.Next(6);
        while (items.Count < count)
        {
            items = items.With(items.Count, items.Count > 0 && random.Next(2) == 0 ? Neighbour(items[^1]) : Value(depthMax - 1));
        }

        return items;
    }

    // Beyond 16 keys an object has another form inside, which has to behave alike.
    private JsonObject Members(int depthMax)
    {
        JsonObject members = JsonObject.Empty;
        int count = random.Next(12) == 0 ? 18 : random.Next(4);
        for (int number = 0; number < count; number++)
        {
            string key = count > 4 ? $"k{number}" : Pick(Keys);
            members = members.With(key, Value(count > 4 ? 0 : depthMax - 1));
        }

        return members;
    }
}
