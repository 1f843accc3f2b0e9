using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>The query values of a request. Every fault names its value and what is allowed.</summary>
internal sealed class RequestQuery
{
    private const int TextCharsMax = 1000;

    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    private readonly IQueryCollection _values;
    private readonly SchedulerApiOptions _options;

    /// <summary>Checks that every value is known and comes once.</summary>
    /// <exception cref="SchedulerException"><c>request_invalid</c>.</exception>
    public RequestQuery(IQueryCollection values, QueryNames names, SchedulerApiOptions options)
    {
        _values = values;
        _options = options;
        foreach (var (name, texts) in values)
        {
            if (!names.Knows(name))
            {
                throw Fault.Invalid(name, $"The query value '{name}' is not known here. Known: {names}.");
            }

            if (texts.Count > 1)
            {
                throw Fault.Invalid(name, $"The query value '{name}' comes {texts.Count} times.");
            }
        }
    }

    /// <summary>A text of at most 1,000 characters; null when it is missing or empty.</summary>
    public string? Text(string name)
    {
        var text = _values[name] is [{ Length: > 0 } only] ? only : null;
        return text is { Length: > TextCharsMax } ? throw OutOfRange(name, 0, TextCharsMax, " characters") : text;
    }

    /// <summary>A text that has to be there.</summary>
    public string RequiredText(string name) => Text(name) ?? throw Fault.Invalid(name, $"The query value '{name}' is missing.");

    /// <summary>The length of a page.</summary>
    /// <param name="most">The greatest that the actor allows.</param>
    public int Limit(int most = int.MaxValue)
    {
        most = Math.Min(most, _options.PageItemsMax);
        return (int)(Number("limit", 1, most) ?? Math.Min(_options.PageItemsDefault, most));
    }

    /// <summary>How long to wait; zero when it is missing.</summary>
    public TimeSpan Wait()
    {
        var wait = Text("wait") is { } text ? Named("wait", () => Duration.Parse(text)) : TimeSpan.Zero;
        return wait <= _options.WaitMax ? wait : throw Fault.OutOfRange("wait", "0s", Duration.Format(_options.WaitMax));
    }

    /// <summary>A whole number; null when it is missing.</summary>
    public long? Number(string name, long min, long max = long.MaxValue)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw OutOfRange(name, min, max, "");
    }

    /// <summary>Yes or no; no when it is missing.</summary>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Fault.Invalid(name, $"{name} is true or false."),
    };

    /// <summary>An instant with its offset from UTC; null when it is missing.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // Without an offset it would be taken for the local time of this machine, which no client can mean.
        return (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : throw Fault.Invalid(name, $"{name} is an instant such as 2026-03-01T12:00:00Z; in a query a plus sign is written %2B.");
    }

    /// <summary>One of the names of an enumeration, in snake_case; null when it is missing.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var values = Enum.GetValues<T>();
        var at = Array.FindIndex(values, value => EnumText.Of(value) == text);
        return at >= 0 ? values[at] : throw Fault.Invalid(name, $"{name} is one of {string.Join(", ", values.Select(EnumText.Of))}.");
    }

    /// <summary>A path inside a document; its root when it is missing.</summary>
    public JsonPath Path() => Text("path") is { } text ? Named("path", () => JsonPath.Parse(text)) : JsonPath.Root;

    /// <summary>How to read; deep when it is missing.</summary>
    public ReadDepth Depth() => Text("depth") switch
    {
        null or "deep" => ReadDepth.Deep,
        "shallow" => ReadDepth.Shallow,
        _ => throw Fault.Invalid("depth", "depth is deep or shallow."),
    };

    /// <summary>Adds the name of the value to what parsing it throws.</summary>
    public static T Named<T>(string name, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (SchedulerException fault)
        {
            throw fault.With("field", name);
        }
    }

    private static SchedulerException OutOfRange(string name, long min, long max, string unit) => Fault.OutOfRange(
        name,
        string.Create(CultureInfo.InvariantCulture, $"{min}{unit}"),
        string.Create(CultureInfo.InvariantCulture, $"{max}{unit}"));
}
