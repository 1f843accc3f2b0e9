using System.Collections.Immutable;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>JSON pointers as in RFC 6901, which JSON patches use. Their tokens do not tell keys from indexes.</summary>
public static class JsonPointer
{
    /// <summary>The tokens, unescaped, the one nearest to the root first; empty for the whole document.</summary>
    /// <param name="text">Empty, or <c>/token</c> repeated, with <c>~0</c> for <c>~</c> and <c>~1</c> for <c>/</c>; at most 64 tokens of
    /// 1024 UTF-16 units.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/>; details: <c>position</c>, <c>reason</c>.</exception>
    public static ImmutableArray<string> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var tokens) is { } fault ? throw DocumentErrors.PathInvalid("JSON pointer", fault) : tokens;
    }

    /// <summary>Null, and the tokens, when the text is a pointer; else what is wrong.</summary>
    internal static PathFault? TryParse(string text, out ImmutableArray<string> tokens)
    {
        tokens = [];
        var found = ImmutableArray.CreateBuilder<string>();
        for (var position = 0; position < text.Length;)
        {
            if (text[position] != '/')
            {
                return new PathFault(position, "a pointer starts with '/'");
            }

            if (found.Count == JsonPath.StepsMax)
            {
                return new PathFault(position, $"a pointer has more than {JsonPath.StepsMax} tokens");
            }

            var start = ++position;
            if (PathText.TryUnescape(text, ref position, "01", "/", out var token) is { } fault)
            {
                return fault;
            }

            if (PathStep.FaultOfKey(token) is { } tokenFault)
            {
                return tokenFault with { Position = start };
            }

            found.Add(token);
        }

        tokens = found.DrainToImmutable();
        return null;
    }
}
