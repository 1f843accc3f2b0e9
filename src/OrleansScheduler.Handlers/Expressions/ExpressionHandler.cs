using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>Evaluates a script over declared reads and writes its result.</summary>
internal sealed class ExpressionHandler(ExpressionWorkerPool pool, ExpressionOptions options) : IActionHandler
{
    public async Task HandleAsync(IRunContext context)
    {
        ExpressionPayload payload = ExpressionPayload.Of(context.Payload, options);
        IReadOnlyDictionary<string, JsonValue?> values = await payload.Reads.LoadAsync(context);
        JsonObject request = ScriptEvaluator.Request(payload.Script, Variables(values), options.OutputBytesMax);

        JsonValue? result = await pool.EvaluateAsync(request, payload.TimeLimit, context.Cancellation);

        if (result is not null)
        {
            Write(context, payload, result);
        }
    }

    private static void Write(IRunContext context, ExpressionPayload payload, JsonValue result)
    {
        if (payload.Whole is not null)
        {
            context.Write(payload.Whole, result);
            return;
        }

        if (result is not JsonObject fields)
        {
            throw new SchedulerException(HandlerErrorCodes.ExpressionResultInvalid, $"payload.write names fields, and the result is of kind {result.Kind}.");
        }

        foreach ((string name, Address address) in payload.Fields)
        {
            if (fields.TryGet(name, out JsonValue? value))
            {
                context.Write(address, value);
            }
        }
    }

    // What is absent stays undefined in the script.
    private IEnumerable<KeyValuePair<string, JsonValue>> Variables(IReadOnlyDictionary<string, JsonValue?> values)
    {
        var variables = new List<KeyValuePair<string, JsonValue>>();
        long bytes = 0;
        foreach ((string name, JsonValue? value) in values)
        {
            if (value is not null)
            {
                bytes += value.ToUtf8().Length;
                variables.Add(new(name, value));
            }
        }

        return bytes <= options.InputBytesMax
            ? variables
            : throw new SchedulerException(HandlerErrorCodes.ExpressionTooLarge, $"The reads of the script have {bytes} bytes as JSON and may have {options.InputBytesMax}.")
                .With("what", "input").With("limit", options.InputBytesMax.ToString(CultureInfo.InvariantCulture));
    }
}
