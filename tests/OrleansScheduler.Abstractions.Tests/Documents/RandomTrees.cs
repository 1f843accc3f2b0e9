using System.Text;

namespace OrleansScheduler.Documents;

/// <summary>Random JSON texts from a small alphabet, so that equal and nearly equal trees are frequent.</summary>
internal static class RandomTrees
{
    private static readonly string[] Scalars =
        ["null", "true", "false", "0", "-0", "0.0", "1", "1.0", "10e-1", "100", "1e2", "\"\"", "\"0\"", "\"a\"", "\"é\"", "\"\\ud83d\\ude00\""];

    private static readonly string[] Keys = ["", "0", "1", "a", "A", "b", "ä", "a/b", "~", "[0]", "long-key-that-nobody-expects"];

    public static string Text(Random random, int depthMax = 3)
    {
        var text = new StringBuilder();
        Append(text, random, depthMax);
        return text.ToString();
    }

    /// <summary>A tree equal to the given one or changed in one random place.</summary>
    public static JsonValue Neighbour(Random random, JsonValue value)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } node when random.Next(4) > 0:
                var key = node.Keys.ElementAt(random.Next(node.Count));
                return random.Next(6) == 0 ? node.Without(key) : node.With(key, Neighbour(random, node[key]!));
            case JsonArray { Count: > 0 } node when random.Next(4) > 0:
                var index = random.Next(node.Count);
                return random.Next(6) == 0 ? node.Without(index) : node.With(index, Neighbour(random, node[index]));
            default:
                return JsonValue.Parse(random.Next(2) == 0 ? value.ToString() : Text(random, 1));
        }
    }

    /// <summary>Independent definition of equality: one text per equal tree, numbers of the small alphabet only.</summary>
    public static string Canonical(JsonValue? value) => value switch
    {
        null => "absent",
        JsonNumber number => number.AsDecimal().ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture),
        JsonArray node => "[" + string.Join(",", node.Items.Select(Canonical)) + "]",
        JsonObject node => "{" + string.Join(",", node.Select(pair => $"\"{pair.Key}\":{Canonical(pair.Value)}")) + "}",
        _ => value.ToString(),
    };

    private static void Append(StringBuilder text, Random random, int depthMax)
    {
        switch (depthMax == 0 ? 0 : random.Next(4))
        {
            case 2:
                text.Append('[');
                AppendMany(text, random, random.Next(4), () => Append(text, random, depthMax - 1));
                text.Append(']');
                break;
            case 3:
                var keys = Keys.ToArray();
                random.Shuffle(keys);
                var next = 0;
                text.Append('{');
                AppendMany(text, random, random.Next(5), () =>
                {
                    text.Append('"').Append(keys[next++]).Append("\":");
                    Append(text, random, depthMax - 1);
                });
                text.Append('}');
                break;
            default:
                text.Append(Scalars[random.Next(Scalars.Length)]);
                break;
        }
    }

    private static void AppendMany(StringBuilder text, Random random, int count, Action appendOne)
    {
        for (var i = 0; i < count; i++)
        {
            text.Append(i > 0 ? random.Next(2) == 0 ? "," : " , " : "");
            appendOne();
        }
    }
}
