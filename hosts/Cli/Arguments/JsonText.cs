using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cli.Arguments;

/// <summary>JSON values on the command line: the text itself, or <c>@file</c>, or <c>@-</c> for the input.</summary>
internal static class JsonText
{
    /// <summary>The value.</summary>
    /// <param name="console">Where the input and the folder are.</param>
    /// <param name="argument">What it is called, for people.</param>
    /// <param name="text">The argument.</param>
    /// <param name="cancellation">Ends the wait for the input.</param>
    /// <exception cref="CliException"><c>json_*</c>; those of <see cref="InputFile"/>.</exception>
    public static async Task<JsonValue> ReadAsync(CliConsole console, string argument, string text, CancellationToken cancellation)
    {
        string json = text.StartsWith('@')
            ? await InputFile.ReadAsync(console, text[1..], InputFile.JsonBytesMax, cancellation)
            : text;
        try
        {
            return JsonValue.Parse(json);
        }
        catch (SchedulerException fault)
        {
            throw new CliException(fault.Code, $"{argument} {(text.StartsWith('@') ? $"in '{text[1..]}' " : "")}is no JSON: {fault.Message}")
            {
                Details = fault.Details,
            };
        }
    }
}
