using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Definitions.Yaml;

/// <summary>Types plain scalars as the core schema of YAML 1.2.2 (10.3.2) does: yes, no, on and off are texts.</summary>
internal static partial class CoreScalar
{
    /// <summary>The value of a scalar without quotes.</summary>
    /// <returns>Null for infinities, what is no number, and numbers beyond the limits of documents.</returns>
    public static JsonValue? Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JsonNull.Instance,
        "true" or "True" or "TRUE" => JsonBoolean.True,
        "false" or "False" or "FALSE" => JsonBoolean.False,
        _ when Special().IsMatch(text) => null,
        _ when Based().IsMatch(text) => OfBase(text),
        _ when Decimal().Match(text) is { Success: true } match => OfDecimal(match),
        _ => JsonString.Of(text),
    };

    // JSON wants no plus sign, no leading zeros, and digits on both sides of a point; all else stays as written.
    private static JsonValue? OfDecimal(Match match)
    {
        string whole = match.Groups["whole"].Value.TrimStart('0');
        string fraction = match.Groups["fraction"].Value;
        string sign = match.Groups["sign"].Value == "-" ? "-" : "";
        string text = sign + (whole.Length > 0 ? whole : "0") + (fraction.Length > 0 ? "." + fraction : "") + match.Groups["exponent"].Value;
        return Parse(text);
    }

    private static JsonValue? OfBase(string text)
    {
        int bits = text[1] == 'x' ? 4 : 3;
        var value = BigInteger.Zero;
        if (text.Length > JsonLimits.Default.NumberCharsMax)
        {
            return null;
        }

        foreach (char digit in text.AsSpan(2))
        {
            value = (value << bits) + Convert.ToInt32(digit.ToString(), 16);
        }

        return Parse(value.ToString(CultureInfo.InvariantCulture));
    }

    private static JsonValue? Parse(string text)
    {
        try
        {
            return JsonValue.Parse(text);
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.JsonTooLarge)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(?<sign>[-+]?)((?<whole>[0-9]+)(\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>([eE][-+]?[0-9]+)?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^(0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Based();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex Special();
}
