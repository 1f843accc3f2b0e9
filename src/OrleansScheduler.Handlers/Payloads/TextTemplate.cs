using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Payloads;

/// <summary>A text with places for values: <c>{{name}}</c>, or <c>{{name/path[0]}}</c> for a part of a value.</summary>
/// <remarks>
/// A text goes in as it is, anything else as JSON. <c>{{json name}}</c> inserts JSON always, <c>{{uri name}}</c> percent-encodes.
/// A value that is absent is an error. <c>\{{</c> stands for two braces. There are no loops and no conditions, so the work is
/// bounded by the sizes of template and values.
/// </remarks>
internal sealed class TextTemplate
{
    private readonly ImmutableArray<Part> _parts;

    private TextTemplate(ImmutableArray<Part> parts) => _parts = parts;

    private enum Form
    {
        Plain,
        Json,
        Uri,
    }

    /// <param name="text">The template.</param>
    /// <param name="reads">The names that it may use.</param>
    /// <param name="field">Where the template stands, for errors.</param>
    public static TextTemplate Parse(string text, DeclaredReads reads, string field)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var literal = new StringBuilder();
        int position = 0;
        while (position < text.Length)
        {
            int open = text.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            if (open > position && text[open - 1] == '\\')
            {
                literal.Append(text, position, open - 1 - position).Append("{{");
                position = open + 2;
                continue;
            }

            int close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                throw Fault(field, open, "opens a place that is not closed");
            }

            literal.Append(text, position, open - position);
            parts.Add(new Part(literal.ToString(), null, JsonPath.Root, Form.Plain));
            parts.Add(ReadPlace(text[(open + 2)..close].Trim(), reads, field, open));
            literal.Clear();
            position = close + 2;
        }

        literal.Append(text, position, text.Length - position);
        parts.Add(new Part(literal.ToString(), null, JsonPath.Root, Form.Plain));
        return new TextTemplate(parts.ToImmutable());
    }

    /// <summary>The text with the values in their places.</summary>
    /// <param name="values">By name; null is absent.</param>
    /// <param name="charsMax">The result may not be longer.</param>
    public string Render(IReadOnlyDictionary<string, JsonValue?> values, int charsMax)
    {
        var text = new StringBuilder();
        foreach (Part part in _parts)
        {
            text.Append(part.Name is null ? part.Literal : part.Insert(values));
            if (text.Length > charsMax)
            {
                throw new SchedulerException(HandlerErrorCodes.ContentTooLarge, $"The text that the template makes is longer than {charsMax} characters.")
                    .With("limit", charsMax.ToString(CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static Part ReadPlace(string place, DeclaredReads reads, string field, int position)
    {
        (Form form, string rest) = place switch
        {
            _ when place.StartsWith("json ", StringComparison.Ordinal) => (Form.Json, place[5..].TrimStart()),
            _ when place.StartsWith("uri ", StringComparison.Ordinal) => (Form.Uri, place[4..].TrimStart()),
            _ => (Form.Plain, place),
        };
        int end = rest.IndexOfAny(['/', '[']);
        string name = end < 0 ? rest : rest[..end];
        if (!reads.Knows(name))
        {
            throw Fault(field, position, $"names '{(name.Length > 80 ? name[..80] + "…" : name)}', which is not read");
        }

        if (!JsonPath.TryParse(end < 0 ? "" : rest[end..], out JsonPath? path))
        {
            throw Fault(field, position, "holds a path that does not parse");
        }

        return new Part(place, name, path, form);
    }

    private static SchedulerException Fault(string field, int position, string reason) =>
        PayloadReader.Fault(field, $"{reason} (at character {position})").With("position", position.ToString(CultureInfo.InvariantCulture));

    private sealed record Part(string Literal, string? Name, JsonPath Path, Form Form)
    {
        public string Insert(IReadOnlyDictionary<string, JsonValue?> values)
        {
            JsonValue value = values[Name!]?.At(Path)
                ?? throw new SchedulerException(HandlerErrorCodes.ValueAbsent, $"The template needs {{{{{Literal}}}}}, and there is no such value.")
                    .With("value", Literal);
            string text = value is JsonString plain && Form != Form.Json ? plain.Text : value.ToString();
            return Form == Form.Uri ? Uri.EscapeDataString(text) : text;
        }
    }
}
