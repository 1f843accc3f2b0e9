using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Arguments;

/// <summary>Options whose values are checked while the line is read, so that what is wrong is an error of usage.</summary>
internal static class Options
{
    private static readonly string[] InstantForms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
    ];

    public static Option<string?> Text(string name, string description, string helpName = "TEXT") =>
        new(name) { Description = description, HelpName = helpName };

    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>A whole number between two bounds.</summary>
    public static Option<long?> Number(string name, string description, long min, long max) => Parsed<long?>(name, description, "N", text =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name} goes from {min} to {max}."));

    /// <summary>A length of time between two bounds.</summary>
    public static Option<TimeSpan?> Length(string name, string description, string min, string max) => Parsed<TimeSpan?>(name, description, "TIME", text =>
        Duration.Parse(text) is var length && length >= Duration.Parse(min) && length <= Duration.Parse(max)
            ? length
            : throw new FormatException($"{name} goes from {min} to {max}."));

    /// <summary>An instant; without an offset it is in UTC.</summary>
    public static Option<DateTimeOffset?> Instant(string name, string description) => Parsed<DateTimeOffset?>(name, description, "INSTANT", text =>
        DateTimeOffset.TryParseExact(
            text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new FormatException($"{name} needs an instant such as 2026-12-24T18:00Z, and '{text}' is none."));

    /// <summary>One of the constants of a type, as they are written in JSON but with hyphens.</summary>
    public static Option<T?> Constant<T>(string name, string description)
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);
        string names = string.Join('|', known.Keys);
        var option = Parsed<T?>(name, description, names, text => known.TryGetValue(text.Replace('_', '-'), out T value)
            ? value
            : throw new FormatException($"{name} is one of {names}, and '{text}' is not."));
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. known.Keys]);
        return option;
    }

    /// <summary>The name of a zone, completed from those that this machine knows.</summary>
    public static Option<string?> Zone(string description)
    {
        var option = Text("--zone", description, "ZONE");
        option.CompletionSources.Add(_ => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id));
        return option;
    }

    /// <summary>Names with values, each as <c>NAME=VALUE</c>; may come several times.</summary>
    public static Option<string[]> Pairs(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
            {
                result.AddError($"{name} needs NAME=VALUE, and '{token.Value}' is none.");
            }
        });
        return option;
    }

    /// <summary>An option with a parser of its own.</summary>
    public static Option<T?> Parsed<T>(string name, string description, string helpName, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Parse(result, parse),
    };

    private static T? Parse<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (Exception fault) when (fault is FormatException or SchedulerException)
        {
            result.AddError(fault is SchedulerException && result.Parent is OptionResult option ? $"{option.Option.Name}: {fault.Message}" : fault.Message);
            return default;
        }
    }
}
