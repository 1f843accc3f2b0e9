using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Payloads;

/// <summary>What is sent or stored: a field that holds a text template or any other JSON value, or its twin <c>…_from</c>, which names
/// a declared read whose value is taken as JSON.</summary>
internal sealed class Content
{
    private readonly TextTemplate? _template;
    private readonly JsonValue? _literal;
    private readonly string? _read;

    private Content(TextTemplate? template, JsonValue? literal, string? read)
    {
        _template = template;
        _literal = literal;
        _read = read;
    }

    /// <summary>True when the bytes are JSON by construction.</summary>
    public bool IsJson => _template is null;

    /// <summary>The content; null when neither field is there.</summary>
    public static Content? Of(PayloadReader payload, string name, DeclaredReads reads)
    {
        JsonValue? value = payload.Take(name);
        string? read = payload.Text(name + "_from", 64);
        if (value is not null && read is not null)
        {
            throw payload.Invalid(name + "_from", $"excludes {name}");
        }

        if (read is not null)
        {
            return reads.Knows(read) ? new Content(null, null, read) : throw payload.Invalid(name + "_from", $"names '{read}', which is not read");
        }

        return value switch
        {
            null => null,
            JsonString text => new Content(TextTemplate.Parse(text.Text, reads, $"payload.{name}"), null, null),
            _ => new Content(null, value, null),
        };
    }

    public byte[] Render(IReadOnlyDictionary<string, JsonValue?> values, int bytesMax)
    {
        byte[] bytes = _template is not null
            ? Encoding.UTF8.GetBytes(_template.Render(values, bytesMax))
            : (_literal ?? values[_read!] ?? throw new SchedulerException(HandlerErrorCodes.ValueAbsent, $"There is no value at the read '{_read}'.")
                .With("value", _read!)).ToUtf8();
        return bytes.Length <= bytesMax
            ? bytes
            : throw new SchedulerException(HandlerErrorCodes.ContentTooLarge, $"The content has {bytes.Length} bytes and may have {bytesMax}.")
                .With("limit", bytesMax.ToString(CultureInfo.InvariantCulture));
    }
}
