using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Handlers.Payloads;

/// <summary>Reads the fields of a payload strictly: wrong types, values out of range and unknown fields are refused by name.</summary>
internal sealed class PayloadReader
{
    private readonly JsonObject _fields;
    private readonly string _path;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private PayloadReader(JsonObject fields, string path)
    {
        _fields = fields;
        _path = path;
    }

    public static PayloadReader Of(JsonValue? payload, string path = "payload") =>
        payload is JsonObject fields ? new PayloadReader(fields, path) : throw Fault(path, "must be an object");

    public static SchedulerException Fault(string field, string reason) =>
        new SchedulerException(ErrorCodes.RequestInvalid, $"{field} {reason}.").With("field", field);

    /// <summary>A fault of one of the fields here.</summary>
    public SchedulerException Invalid(string name, string reason) => Fault($"{_path}.{name}", reason);

    public bool Has(string name) => _fields.TryGet(name, out _);

    /// <summary>The value; null when absent. It counts as known from now on.</summary>
    public JsonValue? Take(string name)
    {
        _taken.Add(name);
        return _fields[name];
    }

    public string? Text(string name, int charsMax)
    {
        JsonValue? value = Take(name);
        return value is null ? null : TextOf(name, value, charsMax);
    }

    public string RequiredText(string name, int charsMax) => Text(name, charsMax) ?? throw Invalid(name, "is required");

    public bool Flag(string name, bool absent) => Take(name) switch
    {
        null => absent,
        JsonBoolean flag => flag.Value,
        _ => throw Invalid(name, "must be true or false"),
    };

    public int Integer(string name, int absent, int min, int max) =>
        Take(name) is { } value ? IntegerOf(name, value, min, max) : absent;

    public TimeSpan Length(string name, TimeSpan absent, TimeSpan min, TimeSpan max)
    {
        if (Text(name, 40) is not { } text)
        {
            return absent;
        }

        TimeSpan length;
        try
        {
            length = Duration.Parse(text);
        }
        catch (SchedulerException fault)
        {
            throw Invalid(name, $"is no length of time: {fault.Message.TrimEnd('.')}");
        }

        return length >= min && length <= max
            ? length
            : throw Invalid(name, $"must be {Duration.Format(min)} to {Duration.Format(max)}");
    }

    public Address? Address(string name) => Text(name, 10_000) is { } text ? AddressOf(name, text) : null;

    public Address AddressOf(string name, string text) => Documents.Address.TryParse(text, out Address? address)
        ? address
        : throw Invalid(name, $"is no address: '{(text.Length > 80 ? text[..80] + "…" : text)}'");

    public ImmutableArray<string> Texts(string name, int countMax, int charsMax) =>
        [.. Items(name, countMax).Select((item, index) => TextOf($"{name}[{index}]", item, charsMax))];

    public ImmutableArray<int> Integers(string name, int countMax, int min, int max) =>
        [.. Items(name, countMax).Select((item, index) => IntegerOf($"{name}[{index}]", item, min, max))];

    /// <summary>The items of an array; none when absent.</summary>
    public ImmutableArray<JsonValue> Items(string name, int countMax) => Take(name) switch
    {
        null => [],
        JsonArray array when array.Count <= countMax => array.Items,
        JsonArray => throw Invalid(name, $"holds more than {countMax} items"),
        _ => throw Invalid(name, "must be an array"),
    };

    /// <summary>The pairs of an object of texts; none when absent.</summary>
    public ImmutableSortedDictionary<string, string> TextMap(string name, int countMax, int charsMax)
    {
        JsonValue? value = Take(name);
        if (value is null)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        if (value is not JsonObject map)
        {
            throw Invalid(name, "must be an object of texts");
        }

        if (map.Count > countMax)
        {
            throw Invalid(name, $"holds more than {countMax} fields");
        }

        return map.ToImmutableSortedDictionary(
            pair => pair.Key, pair => TextOf($"{name}.{pair.Key}", pair.Value, charsMax), StringComparer.Ordinal);
    }

    /// <summary>Refuses every field that was not asked for.</summary>
    public void End()
    {
        foreach (string name in _fields.Keys)
        {
            if (!_taken.Contains(name))
            {
                throw Invalid(name, $"is unknown; known are {string.Join(", ", _taken.Order(StringComparer.Ordinal))}");
            }
        }
    }

    private string TextOf(string name, JsonValue value, int charsMax)
    {
        if (value is not JsonString { Text: var text })
        {
            throw Invalid(name, "must be a text");
        }

        return text.Length <= charsMax ? text : throw Invalid(name, $"is longer than {charsMax} characters");
    }

    private int IntegerOf(string name, JsonValue value, int min, int max) =>
        value is JsonNumber number && number.TryGetInt64(out long integer) && integer >= min && integer <= max
            ? (int)integer
            : throw Invalid(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number, {min} to {max}"));
}
