using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers.Payloads;

namespace OrleansScheduler.Handlers.Http;

/// <summary>The field <c>expected_status</c>: one of, or a list of, 200, "2xx" and "200-204". Default: 2xx.</summary>
internal sealed class ExpectedStatus
{
    private readonly ImmutableArray<(int From, int To)> _ranges;

    private ExpectedStatus(ImmutableArray<(int From, int To)> ranges) => _ranges = ranges;

    public static ExpectedStatus Of(PayloadReader payload, string name)
    {
        ImmutableArray<JsonValue> items = payload.Take(name) switch
        {
            null => ["2xx"],
            JsonArray { Count: 0 or > 100 } => throw payload.Invalid(name, "must hold 1 to 100 items"),
            JsonArray list => list.Items,
            JsonValue one => [one],
        };
        return new ExpectedStatus(
            [.. items.Select(item => RangeOf(item) ?? throw payload.Invalid(name, $"holds {item}, which is none of 200, \"2xx\" and \"200-204\""))]);
    }

    public bool Includes(int status) => _ranges.Any(range => status >= range.From && status <= range.To);

    private static (int From, int To)? RangeOf(JsonValue item) => item switch
    {
        JsonNumber number when number.TryGetInt64(out long status) && IsStatus(status) => ((int)status, (int)status),
        JsonString { Text: [>= '1' and <= '5' and char digit, 'x', 'x'] } => ((digit - '0') * 100, ((digit - '0') * 100) + 99),
        JsonString { Text: [.. var from, '-', _, _, _] text } when from.Length == 3
            && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && int.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int high)
            && IsStatus(low) && IsStatus(high) && low <= high => (low, high),
        _ => null,
    };

    private static bool IsStatus(long status) => status is >= 100 and <= 599;
}
