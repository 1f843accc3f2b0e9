using System.Globalization;
using System.Text;

namespace OrleansScheduler.Definitions.Tests.Reading;

/// <summary>JSON texts with everything that a parser of something else could get wrong.</summary>
internal static class RandomJson
{
    private static readonly string[] Pieces =
    [
        "a", "yes", " ", ": ", " #", "- ", "'", "\\\"", "\\\\", "\\/", "\\n", "\\t", "\\r", "\\b", "\\f", "\\u0000", "\\u0085", "\\u2028", "\\u00e9", "\\ud83d\\ude00", "😀", "é", "{", "}", "[", "]", ",", "*", "&", "!", "%", "@", "`", "|", ">", "?", "~", "\u007f", "\u00a0",
    ];

    private static readonly string[] Numbers = ["0", "-0", "1", "-17", "1.50", "0.0001", "1e5", "1E+5", "-2.5e-3", "123456789012345678901234567890"];
    private static readonly string[] Blanks = ["", "", "", " ", "\n", "\t", "\r\n", "  \n\t "];

    public static string Text(Random random, int depth) => random.Next(depth > 0 ? 7 : 4) switch
    {
        0 => Numbers[random.Next(Numbers.Length)],
        1 => random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
        2 or 3 => String(random),
        4 => List(random, "[", "]", _ => Text(random, depth - 1)),
        _ => List(random, "{", "}", index => $"{String(random).Insert(1, index.ToString(CultureInfo.InvariantCulture))}{Blank(random)}:{Blank(random)}{Text(random, depth - 1)}"),
    };

    private static string String(Random random)
    {
        var text = new StringBuilder("\"");
        for (int i = random.Next(6); i > 0; i--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.Append('"').ToString();
    }

    private static string List(Random random, string open, string close, Func<int, string> item) =>
        open + Blank(random) + string.Join($"{Blank(random)},{Blank(random)}", Enumerable.Range(0, random.Next(4)).Select(item)) + Blank(random) + close;

    private static string Blank(Random random) => Blanks[random.Next(Blanks.Length)];
}
