using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers.Payloads;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>The payload of <c>expression</c>.</summary>
/// <param name="Reads"><c>read</c>: name to address.</param>
/// <param name="Script"><c>script</c>: JavaScript.</param>
/// <param name="Whole"><c>write</c> as a text: where the result goes.</param>
/// <param name="Fields"><c>write</c> as an object: where which field of the result goes.</param>
/// <param name="TimeLimit"><c>time_limit</c>: 1 ms to 60 s, default 1 s.</param>
internal sealed record ExpressionPayload(
    DeclaredReads Reads, string Script, Address? Whole, ImmutableSortedDictionary<string, Address> Fields, TimeSpan TimeLimit)
{
    public static ExpressionPayload Of(JsonValue? payload, ExpressionOptions options)
    {
        PayloadReader reader = PayloadReader.Of(payload);
        DeclaredReads reads = DeclaredReads.Of(reader);
        string script = reader.RequiredText("script", options.ScriptBytesMax);
        if (Encoding.UTF8.GetByteCount(script) > options.ScriptBytesMax)
        {
            throw reader.Invalid("script", $"is longer than {options.ScriptBytesMax} bytes");
        }

        TimeSpan limit = reader.Length("time_limit", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(60));
        JsonValue? write = reader.Take("write");
        Address? whole = write is JsonString text ? reader.AddressOf("write", text.Text) : null;
        var fields = write switch
        {
            null => throw reader.Invalid("write", "is required"),
            JsonString => ImmutableSortedDictionary<string, Address>.Empty,
            JsonObject { Count: > 0 } => reader.TextMap("write", 1_000, 10_000)
                .ToImmutableSortedDictionary(pair => pair.Key, pair => reader.AddressOf($"write.{pair.Key}", pair.Value), StringComparer.Ordinal),
            _ => throw reader.Invalid("write", "must be an address, or an object of a field of the result to its address"),
        };
        reader.End();
        return new ExpressionPayload(reads, script, whole, fields, limit);
    }
}
