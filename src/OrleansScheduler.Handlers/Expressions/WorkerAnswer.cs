using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>What a worker says about one evaluation.</summary>
/// <param name="Value">The result; null when it is undefined or there is an error.</param>
/// <param name="Code">Why there is no result; null when there was no error.</param>
/// <param name="Message">The error, for people.</param>
/// <param name="Line">Where in the script, from 1; 0 when not known.</param>
/// <param name="Column">Where in the line, from 1; 0 when not known.</param>
/// <param name="IsLast">True when the worker ends itself after this answer.</param>
internal sealed record WorkerAnswer(JsonValue? Value, string? Code = null, string Message = "", int Line = 0, int Column = 0, bool IsLast = false)
{
    // A result may be as deep as a document; this answer adds a level around it.
    private const int DepthMax = 65;

    public byte[] ToUtf8()
    {
        JsonObject answer = JsonObject.Of(("last", IsLast));
        answer = Value is null ? answer : answer.With("value", Value);
        return (Code is null
            ? answer
            : answer.With("code", Code).With("message", Message).With("line", Line).With("column", Column)).ToUtf8();
    }

    /// <summary>Reads what came from a worker, which is not trusted: its script may have taken it over.</summary>
    public static WorkerAnswer Parse(byte[] utf8)
    {
        var limits = new JsonLimits { BytesMax = Math.Max(1, utf8.Length), DepthMax = DepthMax };
        if (JsonValue.Parse(utf8, limits) is not JsonObject answer)
        {
            throw new InvalidDataException("The answer is no object.");
        }

        return new WorkerAnswer(
            answer["value"],
            (answer["code"] as JsonString)?.Text,
            (answer["message"] as JsonString)?.Text ?? "",
            IntegerOf(answer["line"]),
            IntegerOf(answer["column"]),
            answer["last"] is JsonBoolean { Value: true });
    }

    /// <summary>The result, or the error as an exception.</summary>
    public JsonValue? Unwrap()
    {
        if (Code is null)
        {
            return Value;
        }

        string place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $" (line {Line}, column {Column})") : "";
        var fault = new SchedulerException(Code, Message + place);
        return Line == 0
            ? throw fault
            : throw fault.With("line", Line.ToString(CultureInfo.InvariantCulture)).With("column", Column.ToString(CultureInfo.InvariantCulture));
    }

    private static int IntegerOf(JsonValue? value) =>
        value is JsonNumber number && number.TryGetInt64(out long integer) && integer is > 0 and < int.MaxValue ? (int)integer : 0;
}
