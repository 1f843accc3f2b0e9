using System.Text;
using System.Text.Json;
using OrleansScheduler.Definitions.Yaml;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Reads files of definitions: <c>scheduler.yaml</c>, or the same as JSON.</summary>
/// <remarks>
/// YAML 1.2 with its core schema: <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are texts, numbers keep their decimals, and what stands in
/// quotes is a text. Anchors, aliases, tags and keys that come twice are refused. JSON is read by the same reader; a file whose name
/// ends with <c>.json</c> has to be strict JSON besides.
/// </remarks>
public static class DefinitionReader
{
    /// <summary>The longest file: 1 MiB of UTF-8.</summary>
    public const int BytesMax = 1 << 20;

    /// <summary>Reads a file and checks everything that can be checked without a server.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="owner">The tenant that its definitions belong to; 1 to 100 letters, digits, dots, hyphens or underscores.</param>
    /// <returns>The file, or all of its faults at once, at most 100.</returns>
    /// <exception cref="ArgumentException">The owner is no name.</exception>
    public static DefinitionReading Read(string text, string fileName, string owner)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        if (!SpaceId.TryParse($"{owner}/x", null, out _))
        {
            throw new ArgumentException("An owner consists of 1 to 100 letters, digits, '.', '-' or '_'.", nameof(owner));
        }

        var faults = new FaultList(fileName);
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        var root = IsReadable(text, fileName, faults) ? FileTree.Read(text, faults) : null;
        var file = root is null ? null : new RootReading(owner, faults).Read(root);
        return new DefinitionReading(faults.Count == 0 ? file : null, faults.ToImmutable());
    }

    private static bool IsReadable(string text, string fileName, FaultList faults)
    {
        if (text.Length > BytesMax || Encoding.UTF8.GetByteCount(text) > BytesMax)
        {
            faults.Add(1, 1, "", $"The file is longer than {BytesMax} bytes.");
            return false;
        }

        // YAML takes these for line ends, so a text that holds one would silently become another.
        int foreign = text.AsSpan().IndexOfAny("\u0085\u2028\u2029");
        if (foreign >= 0)
        {
            faults.Add(LineOf(text, foreign), ColumnOf(text, foreign), "", $"The character U+{(int)text[foreign]:X4} is a line end that editors do not show. Write it as \"\\u{(int)text[foreign]:x4}\" in double quotes.");
            return false;
        }

        int lone = IndexOfLoneSurrogate(text);
        if (lone >= 0)
        {
            faults.Add(LineOf(text, lone), ColumnOf(text, lone), "", "Half of a surrogate pair stands here. The file is no valid Unicode.");
            return false;
        }

        return !fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || IsJson(text, faults);
    }

    // YAML is more lenient than JSON, and would make one text of a value and a key between which a comma is missing.
    private static bool IsJson(string text, FaultList faults)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1_000 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException fault)
        {
            int line = (int)(fault.LineNumber ?? 0);
            string[] lines = text.Split('\n');
            byte[] before = Encoding.UTF8.GetBytes(line < lines.Length ? lines[line] : "");
            int column = Encoding.UTF8.GetCharCount(before, 0, (int)Math.Min(before.Length, fault.BytePositionInLine ?? 0));
            faults.Add(line + 1, column + 1, "", $"This is no JSON: {Sentence(fault.Message)}");
            return false;
        }
    }

    // The message ends with its own count of lines, which begins at 0, and may advise the programmer of this reader.
    private static string Sentence(string message)
    {
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? message : message[..place]).Replace(" Change the reader options.", "", StringComparison.Ordinal);
    }

    private static int IndexOfLoneSurrogate(string text)
    {
        for (int i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }

    private static int LineOf(string text, int position) => text.AsSpan(0, position).Count('\n') + 1;

    private static int ColumnOf(string text, int position) => position - text.AsSpan(0, position).LastIndexOf('\n');
}
