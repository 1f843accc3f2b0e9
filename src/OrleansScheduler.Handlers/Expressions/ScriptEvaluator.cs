using System.Globalization;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Native.Object;
using Jint.Parser;
using Jint.Runtime;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>Evaluates one script; used inside of a worker process only, because nothing here limits time.</summary>
internal static class ScriptEvaluator
{
    /// <summary>Calls within calls. The worker's stack has 16 KiB for each.</summary>
    public const int CallsMax = 1_000;

    private const int MessageCharsMax = 1_000;

    /// <summary>The request as a worker understands it.</summary>
    public static JsonObject Request(string script, IEnumerable<KeyValuePair<string, JsonValue>> variables, int outputBytesMax) =>
        JsonObject.Of(("script", script), ("variables", JsonObject.FromPairs(variables)), ("output_bytes_max", outputBytesMax));

    public static WorkerAnswer Evaluate(JsonObject request)
    {
        try
        {
            return Run(request);
        }
        catch (ParserException fault)
        {
            return Failed($"SyntaxError: {fault.Description ?? fault.Message}", fault.LineNumber, fault.Column);
        }
        catch (JavaScriptException fault)
        {
            return Failed(TextOf(fault), fault.LineNumber, fault.Column + 1);
        }
        catch (RecursionDepthOverflowException)
        {
            return new WorkerAnswer(null, HandlerErrorCodes.ExpressionTooDeep, $"The script calls itself more than {CallsMax} times.");
        }
        catch (OutOfMemoryException)
        {
            return new WorkerAnswer(null, HandlerErrorCodes.ExpressionMemory, "The script needs more memory than it may use.", IsLast: true);
        }
        catch (InsufficientExecutionStackException)
        {
            return new WorkerAnswer(null, HandlerErrorCodes.ExpressionTooDeep, "The script is nested too deeply.");
        }
        catch (Exception fault)
        {
            // The interpreter has faults of its own; each is the end of this evaluation and, to be sure, of this worker.
            return new WorkerAnswer(null, HandlerErrorCodes.ExpressionFailed, Cut($"{fault.GetType().Name}: {fault.Message}"), IsLast: true);
        }
    }

    private static WorkerAnswer Run(JsonObject request)
    {
        int outputBytesMax = (int)request["output_bytes_max"]!.AsInt64();
        var engine = new Jint.Engine(options => options
            .LimitRecursion(CallsMax).Culture(CultureInfo.InvariantCulture).LocalTimeZone(TimeZoneInfo.Utc));
        foreach ((string name, JsonValue value) in (JsonObject)request["variables"]!)
        {
            engine.SetValue(name, ToScript(engine, value));
        }

        engine.Execute(request["script"]!.AsText());

        // Not the script's JSON.stringify, which the script may have replaced.
        JsValue result = new JsonSerializer(engine).Serialize(engine.GetCompletionValue(), JsValue.Undefined, JsValue.Undefined);
        if (!result.IsString())
        {
            return new WorkerAnswer(null);
        }

        string json = result.AsString();
        if (json.Length > outputBytesMax || Encoding.UTF8.GetByteCount(json) > outputBytesMax)
        {
            return new WorkerAnswer(null, HandlerErrorCodes.ExpressionTooLarge, $"The result is longer than {outputBytesMax} bytes.");
        }

        try
        {
            return new WorkerAnswer(JsonValue.Parse(json, new JsonLimits { BytesMax = outputBytesMax }));
        }
        catch (SchedulerException fault)
        {
            return new WorkerAnswer(null, HandlerErrorCodes.ExpressionResultInvalid, $"The result is no value that a document can hold: {fault.Message}");
        }
    }

    // Not the interpreter's JSON.parse, which loses the backslash of \u0000.
    private static JsValue ToScript(Jint.Engine engine, JsonValue value)
    {
        switch (value)
        {
            case JsonString text:
                return new JsValue(text.Text);
            case JsonNumber number:
                return new JsValue(number.AsDouble());
            case JsonBoolean flag:
                return new JsValue(flag.Value);
            case JsonArray array:
                ObjectInstance items = engine.Array.Construct(Arguments.Empty);
                engine.Array.PrototypeObject.Push(items, [.. array.Items.Select(item => ToScript(engine, item))]);
                return new JsValue(items);
            case JsonObject fields:
                ObjectInstance map = engine.Object.Construct(Arguments.Empty);
                foreach ((string key, JsonValue item) in fields)
                {
                    map.FastAddProperty(key, ToScript(engine, item), writable: true, enumerable: true, configurable: true);
                }

                return new JsValue(map);
            default:
                return JsValue.Null;
        }
    }

    private static string TextOf(JavaScriptException fault)
    {
        try
        {
            string text = TypeConverter.ToString(fault.Error);
            return text.Length > 0 ? text : "The script threw an empty text.";
        }
        catch (JavaScriptException)
        {
            // What it threw throws again when it is asked for its text.
            return "The script threw something that has no text.";
        }
    }

    private static WorkerAnswer Failed(string message, int line, int column) =>
        new(null, HandlerErrorCodes.ExpressionFailed, Cut(message), Math.Max(line, 0), line > 0 ? Math.Max(column, 1) : 0);

    // The message becomes JSON, which has no halves of characters.
    private static string Cut(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length > MessageCharsMax ? text[..MessageCharsMax] + "…" : text));
}
